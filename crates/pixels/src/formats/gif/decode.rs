//! The pixels of a GIF, by the decoder of the `image` crate.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;

use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::formats::image_crate;
use crate::icc::tag::Tag;

/// Decodes the picture, or the first frame of an animation.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    let decoder = GifDecoder::new(Cursor::new(bytes));
    let decoder = decoder.map_err(|failure| image_crate::error(Format::Gif, failure))?;
    image_crate::decode(decoder, Format::Gif)?.into_decoded(Tag::Srgb, wanted.colors)
}
