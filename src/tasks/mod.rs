//! The tasks of the library, one per file; each combines the stages differently.
//!
//! In: [`Options`], a [`Machine`](crate::machine::Machine) and a report for diagnostics. Out: the result of the task. The caller does not
//! have to prepare anything. Must not know where the options come from, or how results are printed.

mod build;
mod check;
mod deploy;
mod made_up;
mod options;
mod privacy;
mod verify;

pub use crate::render::media::Explanation;
pub use build::{Built, build, keyring};
pub use check::{Checked, check};
pub use deploy::deploy;
pub use made_up::{announce, describe};
pub use options::{Options, read_source};
pub use privacy::privacy;
pub use verify::verify;
