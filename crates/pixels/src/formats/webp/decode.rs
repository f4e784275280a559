//! The pixels of a WebP, by the decoder of the `image` crate.

use std::io::Cursor;

use image::codecs::webp::WebPDecoder;

use super::tag::tag;
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::formats::image_crate;

/// Decodes the picture, or the first frame of an animation.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    let decoder = WebPDecoder::new(Cursor::new(bytes));
    let decoder = decoder.map_err(|failure| image_crate::error(Format::WebP, failure))?;
    image_crate::decode(decoder, Format::WebP)?.into_decoded(tag(bytes), wanted.colors)
}
