//! Looks up files by name.
//!
//! In: the list of all files, and a name. Out: the file, or why there is none. Must not open a file.

mod names;
mod sidecars;

pub(super) use names::{FileNames, compose, named_litter};
pub(super) use sidecars::Sidecars;
