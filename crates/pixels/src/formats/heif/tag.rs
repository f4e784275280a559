//! The colours of a HEIC.

use heic_decoder::{ColorInfo, Metadata};

use crate::icc::tag::Tag;

/// Returns the colours that the boxes of a file declare.
pub(super) fn tag_of(metadata: Metadata) -> Tag {
    let cicp = |color: ColorInfo| {
        Tag::of_cicp(color.color_primaries.try_into().ok()?, color.transfer_characteristics.try_into().ok()?)
    };
    let told = || metadata.color_info.and_then(cicp).unwrap_or(Tag::Srgb);
    metadata.icc_profile.map_or_else(told, Tag::Icc)
}
