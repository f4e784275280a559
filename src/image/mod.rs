//! The pixel library: bytes in, bytes out.
//!
//! In: the bytes of one source picture and a list of [`Recipe`]s. Out: the bytes of each rendition, a pure function of
//! (source bytes, recipe): never of what else was asked for, of the thread, the machine or its instruction set. This
//! module knows no paths, no clock and no threads, and every decoder is given limits before it allocates.

mod header;
mod recipe;

pub use header::{Format, Header, Orientation, Size};
pub use recipe::{ENGINE, Encode, Encoding, Metadata, Placeholder, Recipe};
