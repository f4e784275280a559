//! The pixels of a RAW file: those of the embedded JPEG.

use super::preview::Preview;
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::formats::jpeg::decode::decode_layout;

/// Decodes the picture.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    let Preview { jpeg, layout, .. } = Preview::find(bytes)?;
    decode_layout(jpeg, &layout, wanted).map_err(Preview::error)
}
