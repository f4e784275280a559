//! One JSON object a diagnostic or failure: an event of the stream that docs/schema/events.json describes. Texts are given as they are: JSON escapes control characters by itself.

use std::io::{self, Write};

use serde::Serialize;

use super::location::{Location, at, word};
use crate::diagnostic::{Diagnostic, Failure, Report};

/// Keys without a value are left out.
#[derive(Serialize)]
struct Line<'a> {
    event: &'static str,
    severity: &'static str,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// One past the last column; equal to `column` if the place is a point.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    /// What is at the place, if there are others.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedLine<'a>>,
}

/// A further place.
#[derive(Serialize)]
struct RelatedLine<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_column: usize,
    label: &'a str,
}

pub(super) fn print(
    report: &Report,
    location: &Location<'_>,
    diagnostic: &Diagnostic,
    out: &mut dyn Write,
) -> io::Result<()> {
    let related = |related: &crate::diagnostic::Related| {
        let (file, (line, column, end_column)) = at(report, related.span);
        RelatedLine { file, line, column, end_column, label: related.label }
    };
    let line = Line {
        event: "diagnostic",
        severity: word(diagnostic.severity),
        code: diagnostic.code.name(),
        file: location.path,
        line: location.position.map(|(line, _, _)| line),
        column: location.position.map(|(_, column, _)| column),
        end_column: location.position.map(|(_, _, end)| end),
        label: diagnostic.primary_label(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        cause: diagnostic.cause.as_deref(),
        related: diagnostic.related().iter().map(related).collect(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    writeln!(out)
}

/// A failure of the machine.
#[derive(Serialize)]
struct FailureLine<'a> {
    event: &'static str,
    code: &'static str,
    action: &'a str,
    path: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

/// Prints a failure; `told` is the same in words.
pub(super) fn print_failure(failure: &Failure, told: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let line = FailureLine {
        event: "failure",
        code: told.code.name(),
        action: failure.action,
        path: &failure.path.to_string_lossy(),
        message: &told.message,
        help: told.help.as_deref(),
    };
    out.write_all(format!("{}\n", serde_json::to_string(&line)?).as_bytes())
}
