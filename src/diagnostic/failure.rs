//! Failures of the machine: no disk space, no permission, no memory.

use std::io;
use std::path::{Path, PathBuf};

/// A failed operation of the machine: disk full, no permission, no memory.
#[derive(Debug)]
pub struct Failure {
    /// Operation, as in "cannot {action} `{path}`": "write", "create the folder".
    pub action: &'static str,
    /// File or folder of the operation.
    pub path: PathBuf,
    /// Error of the system.
    pub cause: io::Error,
    /// Cure, if one is known.
    pub help: Option<String>,
}

impl Failure {
    /// For use in `map_err`: `fs::write(..).map_err(Failure::on("write", path))`.
    pub fn on(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self { action, path, cause, help: None }
    }

    /// Returns the failure as a sentence: operation, path and cause.
    #[must_use]
    pub fn message(&self) -> String {
        format!("cannot {} `{}`: {}", self.action, self.path.to_string_lossy(), self.cause)
    }
}
