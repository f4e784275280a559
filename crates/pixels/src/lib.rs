//! The pixel library: bytes in, bytes out.
//!
//! In: the bytes of one source picture and a list of [`Recipe`]s. Out: the bytes of each rendition, a pure function of
//! (source bytes, recipe), independent of other recipes, of the thread, the machine and its instruction set. This
//! crate must not know paths, clocks or threads. Every decoder gets limits before it allocates.

mod base;
mod formats;
mod icc;
mod metadata;
mod open;
mod render;
#[cfg(test)]
mod tests;

pub use base::color_space::ColorSpace;
pub use base::error::Error;
pub use base::foreign::Foreign;
pub use base::format::Format;
pub use base::header::{Coefficients, Header, StoredChroma};
pub use base::limits;
pub use base::png_content::PngContent;
pub use base::recipe::{
    Background, Chroma, Colors, ENGINE, Encode, Encoding, Metadata, Placeholder, Recipe, Requantize, Survey,
};
pub use jpeg::{Damage, Effort, Orientation, Parallelism, Sequential, Size};
pub use metadata::{About, Captured, Credit, Leak, LeakKind, Shot, Sidecar, Words, is_machine_written, is_personal};
pub use open::about::read_about;
pub use open::excerpt::{HEAD, carries_metadata, excerpt};
pub use open::header::read_header;
pub use open::leaks::leaks;
pub use open::memory::{memory_for, memory_for_frame};
pub use render::{render, render_with};
