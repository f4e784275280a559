//! Reading files: those that the ledger does not know are read once.
//!
//! In: lists of files. Out: their digests and facts. Must not know which setting names a file.

mod attachment;
mod common;
mod depth;
mod facts;
mod files;
mod list;
mod photo;
mod pointer;
mod reader;
mod rest;
mod scan;
mod sound;
mod sound_file;
mod video;

pub use depth::Depth;
pub use facts::Facts;
pub(super) use files::{ReadFiles, read};
pub(super) use list::{Attached, FileList, Listed, ToRead};
pub use rest::{PartlyRead, WholeReader, WhollyRead};
pub use scan::Scanner;
pub use sound::SoundKind;
pub(super) use sound_file::SoundFile;
pub(super) use video::Probing;
