//! Replacement of a JPEG's metadata.

use super::attached::attached;
use crate::base::error::Error;
use crate::metadata::kept::Kept;

/// Returns the file with these blocks instead of its own.
pub(crate) fn strip(bytes: &[u8], kept: &Kept) -> Result<Vec<u8>, Error> {
    attached(None, kept, |attachments| jpeg::strip(bytes, attachments))
}
