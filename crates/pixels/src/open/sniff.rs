//! Recognition of a format by the first bytes, independent of the file name.

use super::foreign::foreign;
use super::formats::{ORDER, doors};
use crate::base::error::Error;
use crate::base::format::Format;

/// Returns the format of a file, or an error with the name of its unsupported format.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    let found = ORDER.into_iter().find(|format| (doors(*format).recognizes)(bytes));
    found.ok_or_else(|| match foreign(bytes) {
        Some(found) => Error::UnsupportedFormat { found },
        None => Error::NotAPicture,
    })
}
