//! The doors of each format.

use crate::base::format::Format;
use crate::formats::doors::Doors;
use crate::formats::{bmp, gif, heif, jpeg, jxl, png, raw, tiff, webp};

/// The doors of a format.
pub(super) fn doors(format: Format) -> &'static Doors {
    match format {
        Format::Jpeg => &jpeg::DOORS,
        Format::Png => &png::DOORS,
        Format::Gif => &gif::DOORS,
        Format::WebP => &webp::DOORS,
        Format::Tiff => &tiff::DOORS,
        Format::Bmp => &bmp::DOORS,
        Format::Heic => &heif::DOORS,
        Format::Jxl => &jxl::DOORS,
        Format::Raw => &raw::DOORS,
    }
}
