//! `cimaise explain`: the meaning of a code, or the list of all codes.

use std::io::{self, Write};

use super::Exit;
use crate::diagnostic::Code;

/// Prints the explanation of a code, or all codes.
#[must_use]
pub fn run(code: Option<Code>) -> Exit {
    let text = code.map_or_else(list, |code| format!("{code} ({})\n\n{}\n", code.severity_name(), code.explanation()));
    // A closed pipe is not an error.
    let _ = io::stdout().write_all(text.as_bytes());
    Exit::Done
}

fn list() -> String {
    Code::ALL.iter().map(|code| format!("{:<8}{code}\n", code.severity_name())).collect()
}
