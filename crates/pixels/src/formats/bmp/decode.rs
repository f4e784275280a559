//! The pixels of a bitmap, by the decoder of the `image` crate.

use std::io::Cursor;

use image::codecs::bmp::BmpDecoder;

use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::formats::image_crate;
use crate::icc::tag::Tag;

/// Decodes the picture.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    let decoder = BmpDecoder::new(Cursor::new(bytes));
    let decoder = decoder.map_err(|failure| image_crate::error(Format::Bmp, failure))?;
    image_crate::decode(decoder, Format::Bmp)?.into_decoded(Tag::Srgb, wanted.colors)
}
