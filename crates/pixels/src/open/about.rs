//! What a file says about its picture.

use super::carriers::find;
use crate::formats::raw::kind::RawKind;
use crate::formats::raw::preview::Preview;
use crate::metadata::About;

/// Reads what a picture says about itself; nothing is decoded, and what is damaged counts as not told.
#[must_use]
pub fn read_about(bytes: &[u8]) -> About {
    let mut about = About::of(&find(bytes));
    // Some RAW files leave the time to the JPEG in them.
    if about.captured.is_none()
        && RawKind::of(bytes).is_some()
        && let Ok(preview) = Preview::find(bytes)
    {
        about.captured = About::of(&find(preview.jpeg)).captured;
    }
    about
}
