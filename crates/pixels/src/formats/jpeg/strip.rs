//! A JPEG with other metadata.

use super::attached::attached;
use crate::base::error::Error;
use crate::metadata::kept::Kept;

/// The file with these blocks instead of its own.
pub(crate) fn strip(bytes: &[u8], kept: &Kept) -> Result<Vec<u8>, Error> {
    attached(None, kept, |attachments| jpeg::strip(bytes, attachments))
}
