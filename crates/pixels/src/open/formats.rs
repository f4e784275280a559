//! All formats: their entry points, and the order in which they are tried.

use crate::base::format::Format;
use crate::formats::doors::Doors;
use crate::formats::{bmp, gif, heif, jpeg, jxl, png, raw, tiff, webp};

/// The order in which formats are tried: RAW files before TIFF and boxes, on which they are based.
pub(super) const ORDER: [Format; Format::ALL.len()] = [
    Format::Jpeg,
    Format::Png,
    Format::Gif,
    Format::WebP,
    Format::Raw,
    Format::Jxl,
    Format::Heic,
    Format::Tiff,
    Format::Bmp,
];

/// Returns the entry points of a format.
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
