//! One event: a name, and its keys.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

/// Version of the stream. It changes if an event or a key changes its meaning or disappears, and not if one is added.
pub(in crate::commands) const VERSION: u32 = 1;

#[derive(Serialize)]
struct EventLine {
    event: &'static str,
    #[serde(flatten)]
    keys: Value,
}

/// Prints an event with one write. A closed pipe is not an error.
pub(in crate::commands) fn emit(event: &'static str, keys: Value) {
    if let Ok(line) = serde_json::to_string(&EventLine { event, keys }) {
        let mut stdout = io::stdout().lock();
        let _ = stdout.write_all(format!("{line}\n").as_bytes()).and_then(|()| stdout.flush());
    }
}
