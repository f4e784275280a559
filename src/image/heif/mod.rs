//! HEIC, which telephones and some cameras write: still pictures of HEVC in boxes.
//!
//! In: the bytes of a file. Out: its primary picture, put together from its tiles, cropped and turned as its boxes say.
//! What else such files hold (depth, gain maps, films, thumbnails) is not looked at.

mod bounds;
pub(in crate::image) mod brand;
pub(in crate::image) mod heic;
mod reckon;
