//! `cimaise explain`: the meaning of a code, or a list of codes.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::Exit;
use crate::diagnostic::{self, Code, Failure, Format};

/// Prints the explanation of a single code, or a list of several.
#[must_use]
pub fn run(codes: &[Code]) -> Exit {
    let text = match codes {
        [code] => format!("{code} ({})\n\n{}\n", code.severity_name(), code.explanation()),
        codes => codes.iter().map(|code| format!("{:<8}{code}\n", code.severity_name())).collect(),
    };
    let mut stdout = io::stdout();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        // A reader that closes the pipe has read enough.
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => {
            let failure = Failure::on("write to", Path::new("the standard output"))(cause);
            let format = Format::Human { color: false, width: None };
            let _ = diagnostic::print_failure(&failure, format, &mut io::stderr().lock());
            Exit::Machine
        }
        _ => Exit::Done,
    }
}
