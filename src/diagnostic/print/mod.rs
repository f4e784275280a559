//! Diagnostics as text.
//!
//! Three formats say the same: for people (`human`), for editors and CI, which match one line each (`short`), and for
//! programs (`json`). Whatever comes from the site, file names above all, is escaped before a terminal sees it.

mod advice;
mod escape;
mod human;
mod json;
mod location;
mod short;
mod snippet;
mod wrap;

pub use escape::escape;

use std::io::{self, ErrorKind, Write};

use self::location::place;
use super::{Code, Diagnostic, Failure, Report};

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With the source line and a caret.
    Human {
        /// With colours.
        color: bool,
        /// Columns to wrap texts at; `None` keeps each text in one line.
        width: Option<usize>,
    },
    /// One line each: `path:line:column: error[code]: message; help`.
    Short,
    /// One JSON object a line, an event of the stream that `cimaise schema events` describes.
    Json,
}

/// Prints all diagnostics of a report, in its order. Each diagnostic is one write: readers of container logs may insert lines of other
/// programs between two writes.
///
/// # Errors
/// If `out` cannot be written.
pub fn print(report: &Report, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let mut text = Vec::new();
    for diagnostic in report.diagnostics() {
        text.clear();
        match format {
            Format::Human { color, width } => human::print(report, diagnostic, color, width, &mut text)?,
            Format::Short => short::print(report, &place(report, diagnostic), diagnostic, &mut text)?,
            Format::Json => json::print(report, &place(report, diagnostic), diagnostic, &mut text)?,
        }
        out.write_all(&text)?;
    }
    Ok(())
}

/// Prints a failure of the machine.
///
/// # Errors
/// If `out` cannot be written.
pub fn print_failure(failure: &Failure, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let mut diagnostic = Diagnostic::new(code(&failure.cause), failure.message());
    diagnostic.help = failure.help.clone().or_else(|| advice::on(failure));
    if format == Format::Json {
        return json::print_failure(failure, &diagnostic, out);
    }
    let mut report = Report::default();
    report.push(diagnostic);
    print(&report, format, out)
}

/// The kind of failure.
fn code(cause: &io::Error) -> Code {
    match cause.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Code::MachineNoSpace,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Code::MachineNoPermission,
        ErrorKind::OutOfMemory => Code::MachineMemory,
        _ => Code::MachineFailed,
    }
}

#[cfg(test)]
mod tests;
