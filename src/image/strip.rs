//! Taking metadata out of a file without touching its pixels, and finding the Exif block in it.

use std::borrow::Cow;

use super::error::Error;
use super::header::{Format, Header};
use super::metadata::scrub;
use super::{gif, heif, jpeg, jxl, png, raw, webp};

/// The file without its metadata. A colour profile stays; where the pixels do not stand upright as stored, a block that
/// says so and nothing else takes the place of the old one.
pub(in crate::image) fn keep(bytes: &[u8], header: &Header) -> Result<Vec<u8>, Error> {
    let turned = header.orientation.exif() != 1;
    let exif = turned.then(|| scrub::orientation_only(header.orientation));
    match header.format {
        Format::Jpeg => jpeg::strip::strip(bytes, exif.as_deref()),
        Format::Png => png::strip::strip(bytes, exif.as_deref()),
        Format::WebP => webp::strip::strip(bytes, exif.as_deref()),
        Format::Gif => gif::strip::strip(bytes),
        Format::Tiff | Format::Bmp | Format::Heic | Format::Jxl | Format::Raw => {
            Err(Error::UnsuitableRecipe("what browsers cannot show is not published as it is"))
        }
    }
}

/// The Exif block of a file.
pub(in crate::image) fn exif(bytes: &[u8], format: Format) -> Option<Cow<'_, [u8]>> {
    let block = match format {
        Format::Jpeg => jpeg::layout::Layout::read(bytes).ok()?.exif,
        Format::Png => png::chunks::Layout::read(bytes).ok()?.exif,
        Format::WebP => webp::chunks::Layout::read(bytes).ok()?.exif,
        Format::Tiff => Some(bytes),
        Format::Raw => raw::Preview::block(bytes),
        Format::Jxl => jxl::header::exif(bytes),
        Format::Heic => return heif::heic::exif(bytes).map(Cow::Owned),
        Format::Gif | Format::Bmp => None,
    };
    block.map(Cow::Borrowed)
}
