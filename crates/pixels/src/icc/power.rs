//! Powers of numbers between 0 and a few thousand, with the same result on every machine: only exactly rounded
//! operations, in a fixed order.

use std::f64::consts::{LN_2, SQRT_2};

/// Returns `base` to the power of `exponent`; 0 for a base that is not positive. Accurate to about 14 digits.
pub(crate) fn power(base: f64, exponent: f64) -> f64 {
    if base > 0.0 && base.is_finite() { exp(exponent * ln(base)) } else { 0.0 }
}

/// Returns the natural logarithm of a positive number: from its binary exponent, and the series of the inverse hyperbolic tangent.
fn ln(x: f64) -> f64 {
    let bits = x.max(f64::MIN_POSITIVE).to_bits();
    let mut exponent = (bits >> 52) as i32 - 1023;
    let mut rest = f64::from_bits(bits & ((1 << 52) - 1) | 1023 << 52);
    if rest > SQRT_2 {
        rest /= 2.0;
        exponent += 1;
    }
    let s = (rest - 1.0) / (rest + 1.0);
    let square = s * s;
    let series = (0..=11).rev().fold(0.0, |sum, k| sum * square + 1.0 / f64::from(2 * k + 1));
    f64::from(exponent) * LN_2 + 2.0 * s * series
}

/// Returns the exponential function: from a whole number of doublings, and the series of the rest.
fn exp(x: f64) -> f64 {
    let doublings = (x / LN_2).clamp(-1000.0, 1000.0);
    let doublings = (doublings + 0.5_f64.copysign(doublings)) as i32;
    let rest = (x - f64::from(doublings) * LN_2).clamp(-1.0, 1.0);
    let series = (1..=16).rev().fold(1.0, |sum, k| sum * rest / f64::from(k) + 1.0);
    series * f64::from_bits(((1023 + doublings) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_those_of_the_standard_library_to_thirteen_digits() {
        for i in 1..=2000 {
            let base = f64::from(i) / 1000.0;
            for exponent in [0.1, 1.0 / 2.4, 0.45, 1.0, 1.8, 2.2, 2.4, 12.0, 78.84] {
                let (found, expected) = (power(base, exponent), base.powf(exponent));
                assert!((found - expected).abs() <= 1e-13 * expected.max(1e-10), "{base} to the power of {exponent}");
            }
        }
    }

    #[test]
    fn there_is_an_answer_for_every_base() {
        for base in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(power(base, 2.2), 0.0);
        }
        assert!(power(f64::MIN_POSITIVE, 100.0) < 1e-290 && power(1e300, 100.0).is_finite());
    }
}
