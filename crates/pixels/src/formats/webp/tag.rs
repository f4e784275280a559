//! The colours of a WebP.

use super::chunks::profile;
use crate::icc::tag::Tag;

/// Returns the colours that a file declares.
pub(crate) fn tag(bytes: &[u8]) -> Tag {
    profile(bytes).map_or(Tag::Srgb, |profile| Tag::Icc(profile.to_vec()))
}
