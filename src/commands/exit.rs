//! Exit codes.

use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is done. Warnings may have been printed.
    Done = 0,
    /// The site has errors, and they were printed.
    Site = 1,
    /// The command line was wrong.
    Usage = 2,
    /// The machine failed: disk full, no permission.
    Machine = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
