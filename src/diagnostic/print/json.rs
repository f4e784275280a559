//! One JSON object a diagnostic. Texts are given as they are: JSON escapes control characters by itself.

use std::io::{self, Write};

use serde::Serialize;

use super::{Location, word};
use crate::diagnostic::Diagnostic;

/// Keys without a value are left out.
#[derive(Serialize)]
struct Line<'a> {
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// One past the last column; equal to `column` if the place is a point.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
}

pub(super) fn print(location: &Location<'_>, diagnostic: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let line = Line {
        severity: word(diagnostic.severity),
        file: location.path,
        line: location.position.map(|(line, _, _)| line),
        column: location.position.map(|(_, column, _)| column),
        end_column: location.position.map(|(_, _, end)| end),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        cause: diagnostic.cause.as_deref(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)
}
