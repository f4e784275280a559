//! `--format json`: a run as a stream of events on stdout, one JSON object per line.
//!
//! In: what a command begins, reports, finds and returns. Out: one line, and one write, for each event. docs/schema/events.json describes
//! every event; tests compare it with the output of every command. Must not decide what a command does.

mod event;
mod findings;
mod progress;
mod results;

pub(super) use event::{VERSION, emit};
pub(super) use findings::{explanations, galleries, leaks, removals, texts, transfers, unshown};
pub(super) use progress::EventProgress;
pub(super) use results::{built, checked, cleaned, composed, deployed, privacy, verified};

/// The JSON Schema of the stream.
pub(super) const SCHEMA: &str = include_str!("../../../docs/schema/events.json");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_that_of_this_version() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).expect("JSON");
        assert_eq!(schema["$id"], format!("urn:cimaise:events:{VERSION}"));
        assert_eq!(schema["definitions"]["start"]["properties"]["version"]["const"], VERSION);
    }
}
