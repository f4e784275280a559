//! The colours of a TIFF file.

use tiff::tags;

use super::layout::TiffLayout;
use crate::icc::tag::Tag;

/// Returns the colours that a file declares.
pub(crate) fn tag(bytes: &[u8]) -> Tag {
    profile(bytes).map_or(Tag::Srgb, Tag::Icc)
}

/// Returns the colour profile.
fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    const ICC_PROFILE: u16 = 34_675;
    let (_, mut reader) = TiffLayout::open(bytes).ok()?;
    // A profile that cannot be read counts as damaged.
    reader.find_tag(tags::Tag::Unknown(ICC_PROFILE)).ok()?.map(|value| value.into_u8_vec().unwrap_or_default())
}
