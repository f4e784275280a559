//! JPEG (ITU-T T.81): its markers, what they tell before the pixels, taking metadata out without touching pixels, and
//! coding them again without making them.

pub(in crate::image) mod color;
pub(in crate::image) mod decode;
pub(in crate::image) mod encode;
pub(in crate::image) mod layout;
pub(in crate::image) mod markers;
pub(in crate::image) mod requantize;
pub(in crate::image) mod strip;
pub(in crate::image) mod zigzag;
