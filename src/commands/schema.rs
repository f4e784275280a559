//! `cimaise schema`: JSON Schemas of settings files, for editors, and of the stream of events, for programs.

use std::io::{self, Write};

use super::{Exit, events};
use crate::source::{SettingsKind, Unknown, schema};

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A settings file.
    Settings(SettingsKind),
    /// The stream of events.
    Events,
}

/// Prints a schema.
#[must_use]
pub fn run(subject: Subject, unknown: Unknown) -> Exit {
    let text = match subject {
        Subject::Settings(kind) => format!("{:#}\n", schema(kind, unknown)),
        Subject::Events => events::SCHEMA.to_owned(),
    };
    // A closed pipe is not an error.
    let _ = io::stdout().write_all(text.as_bytes());
    Exit::Done
}
