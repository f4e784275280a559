//! What can be wrong with a picture.

use std::fmt;

use jpeg::Size;

use super::foreign::Foreign;
use super::format::Format;

/// Why a picture was not read or not rendered. Printed as one line in lower case, ready to stand behind a file name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The file has no bytes at all.
    Empty,
    /// The first bytes are those of no picture that is known here.
    NotAPicture,
    /// The first bytes are those of a known format that is not read.
    UnsupportedFormat {
        /// Which.
        found: Foreign,
    },
    /// A readable format, but a kind of it that is not read (such as 12-bit JPEG).
    UnsupportedKind {
        /// The format.
        format: Format,
        /// What about it is not read.
        kind: String,
    },
    /// A RAW file without a JPEG in it that is more than a thumbnail.
    NoPreview,
    /// A side or the number of pixels is beyond the [limits](super::limits).
    TooLarge(Size),
    /// Decoding would take more memory than the [limits](super::limits) allow.
    TooMuchMemory,
    /// Width or height is 0.
    NoPixels,
    /// The data ends before the picture does.
    Truncated(Format),
    /// The data contradicts itself or its format.
    Corrupt {
        /// The format.
        format: Format,
        /// What is wrong, as the decoder says it.
        detail: String,
    },
    /// The recipe cannot be made from this picture: it would enlarge it, or keep a format that is never kept.
    UnsuitableRecipe(&'static str),
    /// The encoder refused.
    Encode(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::NotAPicture => f.write_str("this is not a picture"),
            Self::UnsupportedFormat { found } => {
                write!(f, "this is not a picture that cimaise reads (found: {})", found.name)
            }
            Self::UnsupportedKind { format, kind } => write!(f, "this kind of {format} is not supported: {kind}"),
            Self::NoPreview => f.write_str("this camera RAW file has no JPEG preview in it that could be shown"),
            Self::TooLarge(size) => write!(
                f,
                "the picture is too large: {} x {} pixels (the limits are {} on a side and {} million in all)",
                size.width,
                size.height,
                super::limits::MAX_SIDE,
                super::limits::MAX_PIXELS / 1_000_000
            ),
            Self::TooMuchMemory => f.write_str("decoding the picture would take too much memory"),
            Self::NoPixels => f.write_str("the picture has no pixels: its width or height is 0"),
            Self::Truncated(format) => write!(f, "the {format} data ends too early"),
            Self::Corrupt { format, detail } => write!(f, "the {format} data is damaged: {detail}"),
            Self::UnsuitableRecipe(why) => f.write_str(why),
            Self::Encode(detail) => write!(f, "the result could not be encoded: {detail}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<jpeg::Error> for Error {
    fn from(error: jpeg::Error) -> Self {
        match error {
            jpeg::Error::Truncated => Self::Truncated(Format::Jpeg),
            jpeg::Error::Corrupt(detail) => Self::Corrupt { format: Format::Jpeg, detail },
            jpeg::Error::Unsupported(kind) => Self::UnsupportedKind { format: Format::Jpeg, kind },
            jpeg::Error::NoPixels => Self::NoPixels,
            jpeg::Error::TooLarge(size) => Self::TooLarge(size),
            jpeg::Error::TooMuchMemory => Self::TooMuchMemory,
            jpeg::Error::Unsuitable(reason) => Self::UnsuitableRecipe(reason),
            jpeg::Error::Encode(detail) => Self::Encode(detail),
            error => Self::Encode(error.to_string()),
        }
    }
}

impl Error {
    /// Damage, in the words of a decoder: brought to one line without a full stop.
    pub(crate) fn corrupt(format: Format, detail: impl fmt::Display) -> Self {
        Self::Corrupt { format, detail: one_line(detail) }
    }

    /// A kind of a format that is not read.
    pub(crate) fn unsupported(format: Format, kind: impl fmt::Display) -> Self {
        Self::UnsupportedKind { format, kind: one_line(kind) }
    }
}

fn one_line(text: impl fmt::Display) -> String {
    let text = text.to_string();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_one_line_in_lower_case() {
        let size = Size { width: 70_000, height: 2 };
        for (error, line) in [
            (Error::Truncated(Format::Jpeg), "the JPEG data ends too early"),
            (
                Error::UnsupportedFormat { found: Foreign { name: "AVIF", help: "" } },
                "this is not a picture that cimaise reads (found: AVIF)",
            ),
            (Error::corrupt(Format::Png, "Bad\n  checksum."), "the PNG data is damaged: Bad checksum"),
            (
                Error::TooLarge(size),
                "the picture is too large: 70000 x 2 pixels (the limits are 65535 on a side and 400 million in all)",
            ),
        ] {
            assert_eq!(error.to_string(), line);
        }
    }
}
