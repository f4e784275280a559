//! Taking metadata out of a file without touching its pixels.

use super::error::Error;
use super::header::{Format, Header};
use super::metadata::carriers::Carriers;
use super::metadata::kept::Kept;
use super::recipe::Metadata;
use super::{gif, jpeg, png, webp};

/// The file with no more than so much of its metadata. A colour profile stays, and so does the orientation where the
/// pixels do not stand upright as stored.
pub(in crate::image) fn keep(bytes: &[u8], header: &Header, metadata: Metadata) -> Result<Vec<u8>, Error> {
    let holds_exif = header.format != Format::Gif;
    let kept = Kept::of(&Carriers::find(bytes), metadata, header.orientation, holds_exif);
    match header.format {
        Format::Jpeg => jpeg::strip::strip(bytes, &kept),
        Format::Png => png::strip::strip(bytes, &kept),
        Format::WebP => webp::strip::strip(bytes, &kept),
        Format::Gif => gif::strip::strip(bytes, &kept),
        Format::Tiff | Format::Bmp | Format::Heic | Format::Jxl | Format::Raw => {
            Err(Error::UnsuitableRecipe("what browsers cannot show is not published as it is"))
        }
    }
}
