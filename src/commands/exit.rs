//! Exit codes.

use std::process::ExitCode;

/// Result of a run, as an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The run succeeded. It may have printed warnings.
    Done = 0,
    /// The site has errors, which were printed.
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
