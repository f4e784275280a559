//! Conversion of metadata for a JPEG.

use jpeg::Attachments;

use crate::base::error::Error;
use crate::metadata::iptc::as_resource;
use crate::metadata::kept::Kept;

/// Calls `write` with a profile and blocks of metadata in the form in which a JPEG stores them.
pub(crate) fn attached<T>(
    profile: Option<&[u8]>,
    kept: &Kept,
    write: impl FnOnce(&Attachments<'_>) -> Result<T, jpeg::Error>,
) -> Result<T, Error> {
    let resources = kept.iptc.as_deref().map(as_resource);
    let (exif, xmp, resources) = (kept.exif.as_deref(), kept.xmp.as_deref(), resources.as_deref());
    Ok(write(&Attachments { profile, exif, xmp, resources })?)
}
