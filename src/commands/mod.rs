//! The commands, one file each.
//!
//! In: options that are already parsed and checked. Out: an [`Exit`], and printed text. Commands connect the stages of the library
//! with a terminal. Must not know the syntax of options.

mod browser;
pub mod build;
pub mod check;
pub mod clean;
pub mod compose;
pub mod deploy;
mod events;
mod exit;
pub mod explain;
pub mod init;
pub mod listen;
pub mod offer;
pub mod output;
pub mod privacy;
pub mod schema;
pub mod serve;
pub mod serve_built;
mod summary;
mod terminal;
mod verbosity;
pub mod verify;

pub use exit::Exit;
pub use output::{Output, Undone};
pub use verbosity::Verbosity;
