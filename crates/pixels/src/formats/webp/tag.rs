//! The colours of a WebP.

use super::chunks::profile;
use crate::icc::tag::Tag;

/// What a file says about its colours.
pub(crate) fn tag(bytes: &[u8]) -> Tag {
    profile(bytes).map_or(Tag::Srgb, |profile| Tag::Icc(profile.to_vec()))
}
