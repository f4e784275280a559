//! The sine, computed only with exactly rounded operations: that of the C library differs between systems in the last bit, and one
//! bit may decide how a weight is rounded.

/// Returns sine and cosine of πx, for |x| up to 7.
pub(crate) fn sine_and_cosine(x: f64) -> [f64; 2] {
    [sin_pi(x), sin_pi(x + 0.5)]
}

/// The Taylor series of sin(x) / x in powers of x², from the highest: 1/21!, -1/19!, …, 1.
const SERIES: [f64; 11] = {
    let mut series = [1.0; 11];
    let mut power = 1;
    while power < 11 {
        let n = (2 * power) as f64;
        series[10 - power] = -series[11 - power] / (n * (n + 1.0));
        power += 1;
    }
    series
};

/// Returns the sine of πx: the series, after reduction to a quarter turn in either direction.
fn sin_pi(x: f64) -> f64 {
    let nearest = (x + 0.5_f64.copysign(x)) as i32;
    let angle = (x - f64::from(nearest)) * std::f64::consts::PI;
    let square = angle * angle;
    let sine = angle * SERIES.iter().fold(0.0, |sum, factor| sum * square + factor);
    if nearest % 2 == 0 { sine } else { -sine }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sine_is_one() {
        for i in -750..=750 {
            let x = f64::from(i) / 100.0;
            assert!((sin_pi(x) - (std::f64::consts::PI * x).sin()).abs() < 1e-14, "at {x}");
        }
    }
}
