//! The header of a RAW file.

use super::preview::Preview;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::header::Header;
use crate::formats::jpeg::header::of_layout;

/// Returns the header of the JPEG in a RAW file, with the preview's orientation.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let Preview { jpeg, layout, orientation } = Preview::find(bytes)?;
    Ok(of_layout(Format::Raw, jpeg, &layout, orientation))
}
