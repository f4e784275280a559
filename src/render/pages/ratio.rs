//! Aspect ratios in thousandths, so that they are printed identically on every machine.

use std::fmt;
use std::iter::Sum;

use pixels::Size;

/// Width divided by height, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ratio(u64);

impl Ratio {
    /// Returns the ratio of a picture, at least 0.001.
    pub(super) fn of(size: Size) -> Self {
        let (width, height) = (u64::from(size.width), u64::from(size.height.max(1)));
        Self(((width * 1000 + height / 2) / height).max(1))
    }

    /// Creates a ratio from thousandths.
    pub(super) const fn thousandths(value: u64) -> Self {
        Self(value)
    }

    /// Multiplies the ratio by an integer.
    pub(super) fn times(self, factor: u64) -> Self {
        Self(self.0.saturating_mul(factor))
    }

    /// Divides the ratio by another ratio.
    pub(super) fn over(self, other: Self) -> Self {
        Self((self.0 * 1000 + other.0 / 2) / other.0.max(1))
    }

    /// Returns the ratio in thousandths.
    pub(super) fn in_thousandths(self) -> u64 {
        self.0
    }

    /// Returns the larger of two ratios.
    pub(super) fn at_least(self, other: Self) -> Self {
        self.max(other)
    }
}

impl Sum for Ratio {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.map(|ratio| ratio.0).sum())
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:03}", self.0 / 1000, self.0 % 1000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_rounded_to_thousandths() {
        assert_eq!(Ratio::of(Size { width: 3, height: 2 }).to_string(), "1.5");
        assert_eq!(Ratio::of(Size { width: 2, height: 3 }).to_string(), "0.667");
        assert_eq!(Ratio::of(Size { width: 20, height: 1 }).to_string(), "20");
        assert_eq!(Ratio::of(Size { width: 1, height: 65_535 }).to_string(), "0.001");
        assert_eq!(Ratio::of(Size { width: 3, height: 2 }).over(Ratio::thousandths(3000)).to_string(), "0.5");
    }
}
