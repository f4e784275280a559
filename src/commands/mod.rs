//! The commands, one file each.
//!
//! In: options that are already parsed and checked. Out: an [`Exit`], and what the command prints. Commands put the
//! stages of the library together with a terminal; they know nothing of how options are spelled.

pub mod build;
pub mod check;
mod exit;
pub mod output;
pub mod privacy;
mod summary;
mod terminal;

pub use exit::Exit;
pub use output::{Output, Verbosity};
