//! What pictures say about themselves apart from their pixels: Exif, XMP and IPTC.
//!
//! In: the blocks that the formats carry. Out: what cimaise acts on and what its pages can tell ([`About`]), blocks to put into
//! renditions ([`Kept`](kept::Kept)), and what nobody should learn ([`Leak`]).

mod about;
pub(in crate::image) mod carriers;
mod credit;
mod excerpt;
pub(in crate::image) mod exif;
pub(in crate::image) mod iptc;
pub(in crate::image) mod kept;
mod leaks;
mod prose;
mod scrub;
mod text;
pub(in crate::image) mod tiff;
mod time;
pub(in crate::image) mod write;
mod xmp;

pub use about::{About, Shot, read_about};
pub use credit::Credit;
pub use excerpt::{HEAD, carries_metadata, excerpt};
pub use leaks::{Leak, Secret, leaks};
pub use prose::{is_machine_written, is_personal};
pub use text::Words;
pub use time::Captured;

/// Most pictures say little about themselves, and the ledger need not say so for each.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
