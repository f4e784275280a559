//! Exchanging the metadata of a file without touching its pixels.

use super::carriers::find;
use super::formats::doors;
use crate::base::error::Error;
use crate::base::header::Header;
use crate::base::recipe::Metadata;
use crate::metadata::kept::Kept;

/// The file with no more than so much of its metadata. A colour profile stays, and so does the orientation where the stored
/// pixels are not upright.
pub(crate) fn keep(bytes: &[u8], header: &Header, metadata: Metadata) -> Result<Vec<u8>, Error> {
    let Some(door) = &doors(header.format).strip else {
        return Err(Error::UnsuitableRecipe("what browsers cannot show is not published as it is"));
    };
    let kept = Kept::of(&find(bytes), metadata, header.orientation, door.holds_exif);
    (door.strip)(bytes, &kept)
}
