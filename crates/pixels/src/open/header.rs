//! The header of a file.

use super::formats::doors;
use super::sniff::sniff;
use crate::base::error::Error;
use crate::base::header::Header;

/// Reads the part of a file before its pixels; nothing is decoded, and all lengths in the file are checked.
///
/// # Errors
/// If this is not a picture, if its kind is not supported, if it exceeds the [limits](crate::limits), or if its header is
/// damaged. Damage after the header is only found when the picture is rendered.
pub fn read_header(bytes: &[u8]) -> Result<Header, Error> {
    (doors(sniff(bytes)?).header)(bytes)
}
