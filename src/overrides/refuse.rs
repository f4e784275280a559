//! Errors with advice, for operations that a template may not perform.

use std::fmt;

use minijinja::{Error, ErrorKind};

/// Advice for the author, attached to an error as its source.
#[derive(Debug)]
pub(super) struct Advice(pub(super) String);

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Advice {}

/// Returns an error with advice.
pub(super) fn refuse(message: impl Into<String>, help: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.into()).with_source(Advice(help.into()))
}
