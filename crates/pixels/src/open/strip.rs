//! Replacement of a file's metadata without changing its pixels.

use super::carriers::find;
use super::formats::doors;
use crate::base::error::Error;
use crate::base::header::Header;
use crate::base::recipe::Metadata;
use crate::metadata::kept::Kept;

/// Returns the file with only the selected metadata. A colour profile stays, and so does the orientation unless the stored
/// pixels are upright.
pub(crate) fn keep(bytes: &[u8], header: &Header, metadata: Metadata) -> Result<Vec<u8>, Error> {
    let Some(door) = &doors(header.format).strip else {
        return Err(Error::UnsuitableRecipe("what browsers cannot show is not published as it is"));
    };
    let kept = Kept::of(&find(bytes), metadata, header.orientation, door.holds_exif);
    (door.strip)(bytes, &kept)
}
