//! JPEG (ITU-T T.81): its markers, what they tell before the pixels, and taking metadata out without touching pixels.

pub(in crate::image) mod layout;
pub(in crate::image) mod markers;
