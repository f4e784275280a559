//! The declaration of a file's colours.

use super::write::Chromaticities;
use super::{Curve, Transfer};

/// The declaration of a file's colours.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tag {
    /// sRGB, declared or assumed.
    Srgb,
    /// A profile, unchecked. Empty if parts of it are missing.
    Icc(Vec<u8>),
    /// Primaries and a curve.
    Primaries(Chromaticities, Curve),
    /// Primaries, and an encoding of more light than a display's white.
    Hdr(Chromaticities, Transfer),
}

impl Tag {
    /// Converts the numbers of ITU-T H.273, which PNG, AVIF and HEIF share; the matrix is not used.
    pub(crate) fn of_cicp(primaries: u8, transfer: u8) -> Option<Self> {
        let chromaticities = match primaries {
            // Unspecified primaries are assumed to be those of BT.709.
            1 | 2 => Chromaticities::SRGB,
            5 => Chromaticities { primaries: [[0.64, 0.33], [0.29, 0.60], [0.15, 0.06]], ..Chromaticities::SRGB },
            6 | 7 => Chromaticities { primaries: [[0.63, 0.34], [0.31, 0.595], [0.155, 0.07]], ..Chromaticities::SRGB },
            9 => Chromaticities::BT2020,
            11 => Chromaticities { white: [0.314, 0.351], ..Chromaticities::P3 },
            12 => Chromaticities::P3,
            _ => return None,
        };
        let curve = match transfer {
            2 | 13 => Curve::SRGB,
            1 | 6 | 14 | 15 => Curve::BT709,
            4 => Curve::Power(2.2),
            5 => Curve::Power(2.8),
            8 => Curve::Power(1.0),
            16 => return Some(Self::Hdr(chromaticities, Transfer::Pq)),
            18 => return Some(Self::Hdr(chromaticities, Transfer::Hlg)),
            _ => return None,
        };
        let srgb = chromaticities == Chromaticities::SRGB && curve == Curve::SRGB;
        Some(if srgb { Self::Srgb } else { Self::Primaries(chromaticities, curve) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_h_273_are_told_apart() {
        assert_eq!(Tag::of_cicp(1, 13), Some(Tag::Srgb));
        assert_eq!(Tag::of_cicp(12, 13), Some(Tag::Primaries(Chromaticities::P3, Curve::SRGB)));
        assert_eq!(Tag::of_cicp(9, 16), Some(Tag::Hdr(Chromaticities::BT2020, Transfer::Pq)));
        assert_eq!(Tag::of_cicp(9, 18), Some(Tag::Hdr(Chromaticities::BT2020, Transfer::Hlg)));
        assert_eq!(Tag::of_cicp(0, 13), None);
        assert_eq!(Tag::of_cicp(1, 0), None);
    }
}
