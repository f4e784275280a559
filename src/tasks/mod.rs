//! The tasks of the library, one file each: each puts the stages together in another way.
//!
//! In: [`Options`], a [`Machine`](crate::machine::Machine) and a report for diagnostics. Out: what was done. A task needs nothing that
//! its caller has to set up first. Must not know how the options were given, nor how anything is printed.

mod build;
mod check;
mod deploy;
mod options;
mod privacy;
mod verify;

pub use build::{Built, build};
pub use check::{Checked, check};
pub use deploy::deploy;
pub use options::{Options, read_source};
pub use privacy::privacy;
pub use verify::verify;
