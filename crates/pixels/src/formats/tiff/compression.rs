//! The ways of compressing chunks, by their numbers in files.

use super::fields::Fields;
use crate::base::error::Error;
use crate::base::format::Format;

const COMPRESSION: u16 = 259;
const T4_OPTIONS: u16 = 292;

/// How chunks are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    /// Not at all.
    None,
    /// Runs of equal bytes.
    PackBits,
    /// LZW.
    Lzw,
    /// Deflate, in the format of zlib.
    Deflate,
    /// Fax codes.
    Ccitt(Fax),
    /// A JPEG for each chunk.
    Jpeg,
    /// JPEG as TIFF 6.0 defined it first: complete files, in chunks or for the whole picture.
    OldJpeg,
}

/// The codes of fax machines (ITU-T T.4 and T.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fax {
    /// Runs of a row; each row begins at a whole byte.
    Runs,
    /// Group 3: as runs, with a mark after each row, before the first one too.
    Group3 {
        /// Whether rows may refer to the row above.
        both: bool,
    },
    /// Group 4: each row refers to the row above.
    Group4,
}

impl Compression {
    /// Reads the compression.
    pub(super) fn read(fields: &Fields<'_>) -> Result<Self, Error> {
        let number = fields.number(COMPRESSION).unwrap_or(1);
        Ok(match number {
            1 => Self::None,
            2 => Self::Ccitt(Fax::Runs),
            3 => Self::Ccitt(Fax::Group3 { both: fields.number(T4_OPTIONS).is_some_and(|options| options & 1 == 1) }),
            4 => Self::Ccitt(Fax::Group4),
            5 => Self::Lzw,
            6 => Self::OldJpeg,
            7 => Self::Jpeg,
            8 | 32_946 => Self::Deflate,
            32_773 => Self::PackBits,
            other => return Err(unsupported(other)),
        })
    }

    /// Whether a chunk is a JPEG, of either kind.
    pub(super) fn is_jpeg(self) -> bool {
        matches!(self, Self::Jpeg | Self::OldJpeg)
    }

    /// Whether samples may be stored as differences.
    pub(super) fn predicts(self) -> bool {
        matches!(self, Self::Lzw | Self::Deflate)
    }
}

fn unsupported(number: u64) -> Error {
    let name = match number {
        32_766 => "NeXT",
        32_809 => "ThunderScan",
        32_895..=32_898 => "of the graphic arts (IT8)",
        34_661 => "JBIG",
        34_676 | 34_677 => "LogLuv",
        34_712 | 33_003..=33_005 => "JPEG 2000",
        34_887 => "LERC",
        34_892 => "lossy DNG",
        34_925 => "LZMA",
        34_926 | 50_000 => "Zstandard",
        34_927 | 50_001 => "WebP",
        50_002 | 52_546 => "JPEG XL",
        _ => return Error::unsupported(Format::Tiff, format_args!("compression number {number}")),
    };
    Error::unsupported(Format::Tiff, format_args!("compression {name}"))
}
