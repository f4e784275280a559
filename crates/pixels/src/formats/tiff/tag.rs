//! The colours of a TIFF file.

use super::fields::Fields;
use crate::icc::LONGEST;
use crate::icc::tag::Tag;

const ICC_PROFILE: u16 = 34_675;

/// Returns the colours that a file declares. A profile that cannot be read counts as damaged.
pub(super) fn tag(fields: &Fields<'_>) -> Tag {
    let profile = fields.bytes(ICC_PROFILE).filter(|profile| profile.len() <= LONGEST);
    match fields.contains(ICC_PROFILE) {
        true => Tag::Icc(profile.unwrap_or_default().to_vec()),
        false => Tag::Srgb,
    }
}
