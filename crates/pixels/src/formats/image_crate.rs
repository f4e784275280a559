//! Decoders of the `image` crate, within limits.

use std::error::Error as _;

use image::error::{LimitErrorKind, UnsupportedErrorKind};
use image::{ColorType, ImageDecoder, ImageError, Limits};
use jpeg::{check_size, limits, zeroed};

use super::interleaved::{Alpha, Interleaved, Samples};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::limits::MAX_DECODED_BYTES;
use crate::icc::Model;

/// Returns all pixels of a file that a decoder has opened.
pub(super) fn decode(mut decoder: impl ImageDecoder, format: Format) -> Result<Interleaved, Error> {
    let failed = |failure| error(format, failure);
    let (width, height) = decoder.dimensions();
    let size = check_size(width, height)?;
    if decoder.total_bytes() > MAX_DECODED_BYTES {
        return Err(Error::TooMuchMemory);
    }
    decoder.set_limits(for_results()).map_err(failed)?;
    let color = decoder.color_type();
    let model = if color.has_color() { Model::Rgb } else { Model::Gray };
    let alpha = if color.has_alpha() { Alpha::Straight } else { Alpha::None };
    let mut pixels = zeroed(decoder.total_bytes() as usize, 1)?;
    decoder.read_image(&mut pixels).map_err(failed)?;
    let samples = match color {
        ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8 => Samples::Eight(pixels),
        ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16 => {
            Samples::Sixteen(pixels.as_chunks().0.iter().map(|sample| u16::from_ne_bytes(*sample)).collect())
        }
        other => return Err(Error::unsupported(format, format_args!("pixels of type {other:?}"))),
    };
    Ok(Interleaved { size, model, alpha, samples })
}

/// Memory that a decoder may use beside its result, whatever the length of the file, in bytes.
const BESIDE: usize = 4 << 20;

/// Limits for a decoder that allocates its result itself.
fn for_results() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(limits::MAX_SIDE);
    limits.max_image_height = Some(limits::MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    limits
}

/// Limits for the memory of the PNG decoder beside its result: a row or two, chunks with their stored lengths, and a compressed
/// colour profile, which may unpack to a thousand times its length and is not used.
pub(crate) fn limits_beside(bytes: &[u8]) -> Limits {
    let mut limits = for_results();
    limits.max_alloc = Some((BESIDE + bytes.len()) as u64);
    limits
}

/// Converts an error of `image` to one of this crate.
pub(super) fn error(format: Format, error: ImageError) -> Error {
    match error {
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Error::Truncated(format),
        ImageError::Limits(error) if error.kind() == LimitErrorKind::InsufficientMemory => Error::TooMuchMemory,
        ImageError::Unsupported(error) => match error.kind() {
            UnsupportedErrorKind::GenericFeature(kind) => Error::unsupported(format, kind),
            _ => Error::unsupported(format, error),
        },
        // The error's own text repeats the format, and describes a wrong checksum in programmers' terms.
        ImageError::Decoding(error) => match error.source().map(ToString::to_string) {
            Some(detail) if detail.starts_with("CRC error") => Error::corrupt(format, "a checksum does not match"),
            Some(detail) => Error::corrupt(format, detail),
            None => Error::corrupt(format, error),
        },
        error => Error::corrupt(format, error),
    }
}
