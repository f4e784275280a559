//! Pictures that are not worked on as JPEG components.

use image::ImageError;
use image::error::{LimitErrorKind, UnsupportedErrorKind};

use super::error::Error;
use super::header::Format;

/// What a decoder of `image` says, as an error of ours.
pub(in crate::image) fn decode_error(format: Format, error: ImageError) -> Error {
    match error {
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Error::Truncated(format),
        ImageError::Limits(error) if error.kind() == LimitErrorKind::InsufficientMemory => Error::TooMuchMemory,
        ImageError::Unsupported(error) => match error.kind() {
            UnsupportedErrorKind::GenericFeature(kind) => Error::unsupported(format, kind),
            _ => Error::unsupported(format, error),
        },
        error => Error::corrupt(format, error),
    }
}
