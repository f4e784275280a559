//! News of a preview for people: the report of a run, for the terminal and for browsers.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::{self, Failure, Format, Report, Severity};

/// Columns of a problem in a browser.
const COLUMNS: usize = 96;

/// News for the terminal.
pub struct News<'a> {
    /// Problems of the current state; only the new ones if they were found while rendering.
    pub report: &'a Report,
    /// Files that changed, if any.
    pub changed: &'a [PathBuf],
    /// Whether the pages show the current state; if not, they stay as they were.
    pub is_shown: bool,
    /// A failure of the machine.
    pub failure: Option<&'a Failure>,
    /// Time from the last change to the new snapshot.
    pub took: Duration,
}

/// Returns a failure, or the errors of a report, as text for browsers. Paths are relative to the site.
pub(super) fn problems(report: &Report, failure: Option<&Failure>) -> Option<Arc<str>> {
    if let Some(failure) = failure {
        return Some(failure.message().into());
    }
    if report.count(Severity::Error) == 0 {
        return None;
    }
    let mut errors = report.clone().of_site(Path::new(""));
    errors.keep(Severity::Error);
    let mut text = Vec::new();
    let format = Format::Human { color: false, width: Some(COLUMNS) };
    // Writing to memory does not fail.
    let _ = diagnostic::print(&errors, format, &mut text);
    Some(String::from_utf8_lossy(&text).into())
}
