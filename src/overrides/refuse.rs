//! Errors that a template gets for what it may not do.

use std::fmt;

use minijinja::{Error, ErrorKind};

/// What to do about an error, carried by it.
#[derive(Debug)]
pub(super) struct Advice(pub(super) String);

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Advice {}

/// An error with what to do about it.
pub(super) fn refuse(message: impl Into<String>, help: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.into()).with_source(Advice(help.into()))
}
