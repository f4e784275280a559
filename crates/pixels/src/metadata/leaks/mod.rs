//! What a file tells that its author may not want to be told: where they were, whose camera it was, who is in the picture.
//!
//! In: the bytes of any file. Out: [`Leak`]s, from all of its blocks, also those that no reader heeds, and from the files
//! inside and behind it.

pub(crate) mod exif;
pub(crate) mod film;
pub(crate) mod iptc;
mod leak;
pub(crate) mod xmp;

pub use leak::{Leak, Secret};
pub(crate) use xmp::persons;
