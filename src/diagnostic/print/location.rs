//! Places of diagnostics as editors name them: path, line and column.

use crate::diagnostic::{Diagnostic, Place, Report, Severity, Span};

/// Line, column, and the column after the end if the end is in the same line.
pub(super) type Columns = (usize, usize, usize);

/// The place of a diagnostic, in the terms of an editor.
pub(super) struct Location<'a> {
    pub(super) path: Option<&'a str>,
    pub(super) position: Option<Columns>,
}

/// The place of a span, in the terms of an editor.
pub(super) fn at(report: &Report, span: Span) -> (&str, Columns) {
    let position = report.map.position(span);
    let width = position.text.get(position.range.clone()).map_or(0, |text| text.chars().count());
    (position.path, (position.line, position.column, position.column + width))
}

pub(super) fn place<'a>(report: &'a Report, diagnostic: &'a Diagnostic) -> Location<'a> {
    match &diagnostic.place {
        Place::Span(span) => {
            let (path, position) = at(report, *span);
            Location { path: Some(path), position: Some(position) }
        }
        Place::File(path) => Location { path: Some(path), position: None },
        Place::Run => Location { path: None, position: None },
    }
}

pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
