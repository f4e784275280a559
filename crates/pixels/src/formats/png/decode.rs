//! The pixels of a PNG, by the decoder of the `image` crate.

use std::io::Cursor;

use image::codecs::png::PngDecoder;

use super::tag::tag;
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::formats::image_crate;

/// Decodes the picture, or the first frame of an animation.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), image_crate::limits_beside(bytes));
    let decoder = decoder.map_err(|failure| image_crate::error(Format::Png, failure))?;
    image_crate::decode(decoder, Format::Png)?.into_decoded(tag(bytes), wanted.colors)
}
