//! What pictures say about themselves apart from their pixels: Exif.
//!
//! In: the blocks that the formats carry. Out: the few facts that cimaise acts on, and blocks to put into renditions.

pub(in crate::image) mod exif;
pub(in crate::image) mod scrub;
pub(in crate::image) mod tiff;
