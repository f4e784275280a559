//! PNG: its chunks, and what they tell before the pixels.

pub(in crate::image) mod chunks;
pub(in crate::image) mod color;
pub(in crate::image) mod encode;
pub(in crate::image) mod strip;
