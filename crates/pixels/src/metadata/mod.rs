//! Metadata of pictures: Exif, XMP and IPTC.
//!
//! In: the blocks that files contain. Out: the description for settings and pages ([`About`]), blocks to write into
//! renditions ([`Kept`](kept::Kept)), and private information ([`Leak`]).

mod about;
pub(crate) mod carriers;
pub(crate) mod charset;
mod comment;
mod credit;
mod defaults;
pub(crate) mod exif;
pub(crate) mod iptc;
pub(crate) mod kept;
pub(crate) mod leaks;
mod prose;
mod scrub;
mod sidecar;
pub(crate) mod text;
pub(crate) mod tiff;
mod time;
pub(crate) mod write;
mod xmp;

pub use about::{About, Shot};
pub use credit::Credit;
pub use leaks::{Leak, LeakKind};
pub use prose::{is_machine_written, is_personal};
pub use sidecar::Sidecar;
pub use text::Words;
pub use time::Captured;
