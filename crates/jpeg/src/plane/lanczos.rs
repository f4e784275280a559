//! The Lanczos3 kernel, computed only with exactly rounded operations.

use crate::sine::sine_and_cosine;

/// Lanczos3 at equidistant positions: each sine but the first follows from the one before by the addition theorem.
#[derive(Debug)]
pub(crate) struct Lobes {
    step: f64,
    /// Sine and cosine of a step, and of a third of it, in half turns.
    turns: [[f64; 2]; 2],
}

impl Lobes {
    /// The kernel at positions that are `step` apart.
    pub(crate) fn new(step: f64) -> Self {
        Self { step, turns: [step, step / 3.0].map(sine_and_cosine) }
    }

    /// Appends `count` values, the first at `x`.
    pub(crate) fn sample(&self, x: f64, count: usize, values: &mut Vec<f64>) {
        let [mut fast, mut slow] = [x, x / 3.0].map(sine_and_cosine);
        for number in 0..count {
            let x = x + number as f64 * self.step;
            let pi_x = std::f64::consts::PI * x;
            values.push(match x.abs() {
                // The fraction below is nearly 0 / 0; its value is one to the last bit.
                near if near < 1e-8 => 1.0,
                far if far >= 3.0 => 0.0,
                _ => 3.0 * fast[0] * slow[0] / (pi_x * pi_x),
            });
            fast = turned(fast, self.turns[0]);
            slow = turned(slow, self.turns[1]);
        }
    }
}

/// Returns sine and cosine of the sum of two angles.
fn turned([sine, cosine]: [f64; 2], [by_sine, by_cosine]: [f64; 2]) -> [f64; 2] {
    [sine * by_cosine + cosine * by_sine, cosine * by_cosine - sine * by_sine]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lobes_are_those_of_the_definition() {
        let sinc = |x: f64| if x == 0.0 { 1.0 } else { (std::f64::consts::PI * x).sin() / (std::f64::consts::PI * x) };
        for step in [1.0, 0.9, 0.5, 0.31, 0.003] {
            for start in [-3.0, -2.99, -2.5, -1.0, -0.5, 0.0, 0.2] {
                let mut found = Vec::new();
                Lobes::new(step).sample(start, (3.0 / step) as usize, &mut found);
                for (number, found) in found.iter().enumerate() {
                    let x = start + number as f64 * step;
                    let exact = if x.abs() < 3.0 { sinc(x) * sinc(x / 3.0) } else { 0.0 };
                    assert!((found - exact).abs() < 1e-9, "at {x}, by {step}: {found} is not {exact}");
                }
            }
        }
    }
}
