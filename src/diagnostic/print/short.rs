//! One line a diagnostic, as compilers print it: editors and CI match it.

use std::io::{self, Write};

use super::escape::escape;
use super::{Location, word};
use crate::diagnostic::Diagnostic;

pub(super) fn print(location: &Location<'_>, diagnostic: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    if let Some(path) = location.path {
        write!(out, "{}:", escape(path))?;
        if let Some((line, column, _)) = location.position {
            write!(out, "{line}:{column}:")?;
        }
        write!(out, " ")?;
    }
    write!(out, "{}: {}", word(diagnostic.severity), escape(&diagnostic.message))?;
    if let Some(help) = &diagnostic.help {
        write!(out, "; {}", escape(help))?;
    }
    if let Some(cause) = &diagnostic.cause {
        write!(out, "; cause: {}", escape(cause))?;
    }
    writeln!(out)
}
