//! The decoder of the `tiff` crate.

use std::borrow::Cow;
use std::io::Cursor;

use tiff::TiffError;
use tiff::decoder::Decoder;

use crate::base::error::Error;
use crate::base::format::Format;

/// A decoder of the file's own bytes, or of a modified copy.
pub(super) type Reader<'a> = Decoder<Cursor<Cow<'a, [u8]>>>;

/// Converts an error of the `tiff` crate to one of this crate.
pub(super) fn error(error: TiffError) -> Error {
    match error {
        TiffError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Error::Truncated(Format::Tiff)
        }
        TiffError::LimitsExceeded | TiffError::IntSizeError => Error::TooMuchMemory,
        TiffError::UnsupportedError(kind) => Error::unsupported(Format::Tiff, kind),
        error => Error::corrupt(Format::Tiff, error),
    }
}
