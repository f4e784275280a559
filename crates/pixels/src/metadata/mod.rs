//! What pictures say about themselves apart from their pixels: Exif, XMP and IPTC.
//!
//! In: the blocks that the formats carry. Out: what cimaise acts on and what its pages can tell ([`About`]), blocks to put into
//! renditions ([`Kept`](kept::Kept)), and what nobody should learn ([`Leak`]).

mod about;
pub(crate) mod carriers;
mod credit;
mod defaults;
pub(crate) mod exif;
pub(crate) mod iptc;
pub(crate) mod kept;
pub(crate) mod leaks;
mod prose;
mod scrub;
pub(crate) mod text;
pub(crate) mod tiff;
mod time;
pub(crate) mod write;
mod xmp;

pub use about::{About, Shot};
pub use credit::Credit;
pub use leaks::{Leak, Secret};
pub use prose::{is_machine_written, is_personal};
pub use text::Words;
pub use time::Captured;
