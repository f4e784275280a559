//! GIF: its blocks, and what they tell before the pixels.

pub(in crate::image) mod blocks;
pub(in crate::image) mod strip;
