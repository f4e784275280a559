//! The header of a file.

use super::formats::doors;
use super::sniff::sniff;
use crate::base::error::Error;
use crate::base::header::Header;

/// Reads what a file says before its pixels; nothing is decoded, and no length in the file is believed.
///
/// # Errors
/// If this is no picture, one of a kind that is not read, one beyond the [limits](crate::limits), or one whose header is
/// damaged. Damage behind the header is only seen when it is rendered.
pub fn read_header(bytes: &[u8]) -> Result<Header, Error> {
    (doors(sniff(bytes)?).header)(bytes)
}
