//! Information in a file that its author may not want to publish: locations, the owner of the camera, persons in the picture.
//!
//! In: the bytes of any file. Out: [`Leak`]s, from all of its blocks, including those that readers ignore, and from the files
//! inside and after it.

pub(crate) mod exif;
pub(crate) mod film;
pub(crate) mod iptc;
mod leak;
pub(crate) mod xmp;

pub use leak::{Leak, LeakKind};
pub(crate) use xmp::persons;
