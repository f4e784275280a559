//! Tone curves: from a channel of the device to light, or to the next step of a transform.

use super::hdr::{self, Transfer};
use super::power::power;
use super::read::{fixed_at, u16_at, u32_at};

/// A function from 0..1 to 0..1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Curve {
    /// x to the power of this number.
    Power(f64),
    /// Values at equal distances, in units of 1/65535, with linear interpolation. Never empty.
    Table(Vec<u16>),
    /// One of the formulas of `parametricCurveType`: a power of a linear function, and a linear function near black.
    Formula {
        /// Exponent.
        g: f64,
        /// Factor of x in the power.
        a: f64,
        /// Summand in the power.
        b: f64,
        /// Factor of x near black.
        c: f64,
        /// Start of the power.
        d: f64,
        /// Summand of the power.
        e: f64,
        /// Summand near black.
        f: f64,
    },
}

impl Curve {
    /// The curve of sRGB (IEC 61966-2-1).
    pub(crate) const SRGB: Self =
        Self::Formula { g: 2.4, a: 1.0 / 1.055, b: 0.055 / 1.055, c: 1.0 / 12.92, d: 0.04045, e: 0.0, f: 0.0 };

    /// The inverse of the camera curve of BT.709, which BT.601 and BT.2020 share.
    pub(crate) const BT709: Self =
        Self::Formula { g: 1.0 / 0.45, a: 1.0 / 1.099, b: 0.099 / 1.099, c: 1.0 / 4.5, d: 0.081, e: 0.0, f: 0.0 };

    /// The curve of gray with more light than a display has.
    pub(crate) fn of_hdr(transfer: Transfer) -> Self {
        let light = |i: u32| hdr::light(transfer, [f64::from(i) / 4096.0; 3])[0];
        Self::Table((0..=4096).map(|i| (light(i).clamp(0.0, 1.0) * 65_535.0 + 0.5) as u16).collect())
    }

    /// Reads `curv` or `para`. Returns the curve, and its length in bytes.
    pub(super) fn read(data: &[u8]) -> Option<(Self, usize)> {
        match data.get(..4)? {
            b"curv" => Some(match u32_at(data, 8)? as usize {
                0 => (Self::Power(1.0), 12),
                1 => (Self::Power(f64::from(u16_at(data, 12)?) / 256.0), 14),
                count => {
                    let end = count.checked_mul(2)?.checked_add(12)?;
                    (Self::table(data.get(12..end)?)?, end)
                }
            }),
            b"para" => {
                let number = |i: usize| fixed_at(data, 12 + 4 * i);
                let (g, a, b) = (number(0)?, || number(1), || number(2));
                // The zero of the linear function in the power.
                let zero = |a: f64, b: f64| if a == 0.0 { 0.0 } else { -b / a };
                let formula = |a: f64, b, c, d, e, f| Self::Formula { g, a, b, c, d, e, f };
                Some(match u16_at(data, 8)? {
                    0 => (Self::Power(g), 16),
                    1 => (formula(a()?, b()?, 0.0, zero(a()?, b()?), 0.0, 0.0), 24),
                    2 => (formula(a()?, b()?, 0.0, zero(a()?, b()?), number(3)?, number(3)?), 28),
                    3 => (formula(a()?, b()?, number(3)?, number(4)?, 0.0, 0.0), 32),
                    4 => (formula(a()?, b()?, number(3)?, number(4)?, number(5)?, number(6)?), 40),
                    _ => return None,
                })
            }
            _ => None,
        }
    }

    /// Reads a table of 16-bit numbers.
    pub(super) fn table(data: &[u8]) -> Option<Self> {
        let values: Vec<u16> = data.as_chunks().0.iter().map(|value| u16::from_be_bytes(*value)).collect();
        (!values.is_empty()).then_some(Self::Table(values))
    }

    /// Reads a table of 8-bit numbers.
    pub(super) fn table_of_bytes(data: &[u8]) -> Option<Self> {
        (!data.is_empty()).then(|| Self::Table(data.iter().map(|value| 257 * u16::from(*value)).collect()))
    }

    /// Returns the value at x; both are clamped to 0..1.
    pub(crate) fn at(&self, x: f64) -> f64 {
        let x = if x > 0.0 { x.min(1.0) } else { 0.0 };
        let y = match self {
            Self::Power(1.0) => x,
            Self::Power(exponent) => power(x, *exponent),
            Self::Table(values) => {
                let last = values.len() - 1;
                let place = x * last as f64;
                let index = (place as usize).min(last);
                let (from, to) = (f64::from(values[index]), f64::from(values[(index + 1).min(last)]));
                (from + (to - from) * (place - index as f64)) / 65_535.0
            }
            Self::Formula { g, a, b, c, d, e, f } => {
                if x >= *d {
                    power(a * x + b, *g) + e
                } else {
                    c * x + f
                }
            }
        };
        if y > 0.0 { y.min(1.0) } else { 0.0 }
    }
}

/// Converts linear light to a number of sRGB, both from 0 to 1.
pub(crate) fn srgb_of_linear(light: f64) -> f64 {
    let light = if light > 0.0 { light.min(1.0) } else { 0.0 };
    if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * power(light, 1.0 / 2.4) - 0.055 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_read_and_clamped() {
        let read = |data: &[u8]| Curve::read(data).map(|(curve, length)| (curve.at(0.5), length));
        assert_eq!(read(b"curv\0\0\0\0\0\0\0\0"), Some((0.5, 12)));
        assert_eq!(read(b"curv\0\0\0\0\0\0\0\x01\x02\0"), Some((0.25, 14)));
        assert_eq!(read(b"curv\0\0\0\0\0\0\0\x03\0\0\x80\0\xFF\xFF").unwrap().1, 18);
        assert_eq!(read(b"curv\0\0\0\0\0\0\0\x03\0\0\x80\0\xFF"), None);
        assert_eq!(read(b"curv\0\0\0\0\xFF\xFF\xFF\xFF\0\0"), None);
        assert_eq!(read(b"para\0\0\0\0\0\0\0\0\0\x02\0\0"), Some((0.25, 16)));
        assert_eq!(read(b"para\0\0\0\0\0\x09\0\0\0\x02\0\0"), None);
        assert_eq!(read(b"text"), None);
        for x in [f64::NAN, -1.0, 2.0] {
            assert!((0.0..=1.0).contains(&Curve::SRGB.at(x)));
            assert!((0.0..=1.0).contains(&Curve::Table(vec![0, 9, 65_535]).at(x)));
        }
    }

    #[test]
    fn srgb_comes_back() {
        for i in 0..=1000 {
            let x = f64::from(i) / 1000.0;
            assert!((srgb_of_linear(Curve::SRGB.at(x)) - x).abs() < 1e-4, "{x}");
        }
    }
}
