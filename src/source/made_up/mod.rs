//! The site that a folder of photos without settings is shown as.
//!
//! In: the files of the folder. Out: a [`Source`](super::Source) as if its author had written a title for each folder of photos. Refuses
//! folders that are probably not meant: the root of the disk, the home folder, and a folder around other sites. Must not open a photo:
//! dates, covers and sections follow from the photos in `site`.

mod refuse;
mod settings;
mod site;
mod tree;

pub use refuse::refused;
pub use settings::{folder_of, root_text};
pub(super) use site::site;
pub use tree::{Unwritten, unwritten};
