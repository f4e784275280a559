//! Failures of the machine: no disk space, no permission, no memory.

use std::io;
use std::path::{Path, PathBuf};

/// The machine did not do what it was asked for: disk full, no permission, no memory.
#[derive(Debug)]
pub struct Failure {
    /// What was tried, as "cannot {action} `{path}`": "write", "create the folder".
    pub action: &'static str,
    /// On what.
    pub path: PathBuf,
    /// Why not.
    pub cause: io::Error,
    /// What the user can do, if anything is known.
    pub help: Option<String>,
}

impl Failure {
    /// For use in `map_err`: `fs::write(..).map_err(Failure::on("write", path))`.
    pub fn on(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self { action, path, cause, help: None }
    }
}
