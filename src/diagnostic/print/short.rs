//! One line a diagnostic, as compilers print it: editors and CI match it.

use std::io::{self, Write};

use super::escape::escape;
use super::location::{Location, at, word};
use crate::diagnostic::{Diagnostic, Report};

pub(super) fn print(
    report: &Report,
    location: &Location<'_>,
    diagnostic: &Diagnostic,
    out: &mut dyn Write,
) -> io::Result<()> {
    if let Some(path) = location.path {
        write!(out, "{}:", escape(&report.shown(path)))?;
        if let Some((line, column, _)) = location.position {
            write!(out, "{line}:{column}:")?;
        }
        write!(out, " ")?;
    }
    write!(out, "{}[{}]: {}", word(diagnostic.severity), diagnostic.code, escape(&diagnostic.message))?;
    if let Some(help) = &diagnostic.help {
        write!(out, "; {}", escape(help))?;
    }
    for related in diagnostic.related() {
        let (path, (line, column, _)) = at(report, related.span);
        write!(out, "; {}: {}:{line}:{column}", related.label, escape(&report.shown(path)))?;
    }
    if let Some(cause) = &diagnostic.cause {
        write!(out, "; cause: {}", escape(cause))?;
    }
    writeln!(out)
}
