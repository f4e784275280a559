//! The description of a file's picture.

use super::carriers::find;
use crate::formats::raw::kind::RawKind;
use crate::formats::raw::preview::Preview;
use crate::metadata::About;

/// Reads the description of a picture from its metadata. Nothing is decoded, and damaged values count as missing.
#[must_use]
pub fn read_about(bytes: &[u8]) -> About {
    let mut about = About::of(&find(bytes));
    // Some RAW files have the time only in the embedded JPEG.
    if about.captured.is_none()
        && RawKind::of(bytes).is_some()
        && let Ok(preview) = Preview::find(bytes)
    {
        about.captured = About::of(&find(preview.jpeg)).captured;
    }
    about
}
