//! Errors of reading and writing.

use std::fmt;

use crate::limits::{MAX_PIXELS, MAX_SIDE};
use crate::size::Size;

/// Reason why a JPEG file was not read, or a picture not encoded. Displayed as one line in lower case, without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The data ends before the picture does.
    Truncated,
    /// The data contradicts itself or the standard; the text explains where.
    Corrupt(String),
    /// A kind of JPEG that is not supported, such as arithmetic coding; the text names the kind.
    Unsupported(String),
    /// Width or height is 0.
    NoPixels,
    /// A side or the number of pixels is beyond the [limits](crate::limits).
    TooLarge(Size),
    /// The picture does not fit into memory.
    TooMuchMemory,
    /// The request does not suit this picture; the text gives the reason.
    Unsuitable(&'static str),
    /// The encoder cannot write such a picture; the text gives the reason.
    Encode(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("the JPEG data ends too early"),
            Self::Corrupt(detail) => write!(f, "the JPEG data is damaged: {detail}"),
            Self::Unsupported(kind) => write!(f, "this kind of JPEG is not supported: {kind}"),
            Self::NoPixels => f.write_str("the picture has no pixels: its width or height is 0"),
            Self::TooLarge(Size { width, height }) => write!(
                f,
                "the picture is too large: {width} x {height} pixels (the limits are {MAX_SIDE} per side and {} million in total)",
                MAX_PIXELS / 1_000_000
            ),
            Self::TooMuchMemory => f.write_str("decoding the picture would take too much memory"),
            Self::Unsuitable(reason) => f.write_str(reason),
            Self::Encode(detail) => write!(f, "the result could not be encoded: {detail}"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// An error for damaged data.
    pub(crate) fn corrupt(detail: impl fmt::Display) -> Self {
        Self::Corrupt(detail.to_string())
    }

    /// An error for a kind of JPEG that is not supported.
    pub(crate) fn unsupported(kind: impl fmt::Display) -> Self {
        Self::Unsupported(kind.to_string())
    }
}
