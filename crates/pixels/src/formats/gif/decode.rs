//! The pixels of a GIF, by the decoder of the `image` crate.

use std::borrow::Cow;
use std::io::Cursor;

use image::codecs::gif::GifDecoder;

use super::blocks::GifLayout;
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::formats::image_crate;
use crate::icc::tag::Tag;

/// Decodes the picture, or the first frame of an animation.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    let decoder = GifDecoder::new(Cursor::new(with_grown_screen(bytes)?));
    let decoder = decoder.map_err(|failure| image_crate::error(Format::Gif, failure))?;
    image_crate::decode(decoder, Format::Gif)?.into_decoded(Tag::Srgb, wanted.colors)
}

/// Returns the file with a logical screen that contains its first frame.
fn with_grown_screen(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    let layout = GifLayout::read(bytes)?;
    if !layout.grown {
        return Ok(Cow::Borrowed(bytes));
    }
    let side = |side: u32| u16::try_from(side).map(u16::to_le_bytes).map_err(|_| Error::TooLarge(layout.size));
    let screen = [side(layout.size.width)?, side(layout.size.height)?].concat();
    Ok(Cow::Owned([&bytes[..6], &screen, &bytes[10..]].concat()))
}
