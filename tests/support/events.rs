//! The stream of events of `--format json`, judged by its schema.

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::Value;

use super::Run;

/// The events of one run.
#[derive(Debug)]
pub struct Events(Vec<Value>);

impl Events {
    /// Reads the stream of a run, and checks what holds for every stream.
    #[track_caller]
    pub fn of(run: &Run) -> Self {
        assert_eq!(run.stderr, "", "nothing but the stream");
        let events = Self::read(&run.stdout);
        let summary = events.summary();
        assert_eq!(summary["exit_code"].as_i64(), run.code.map(i64::from), "{summary}");
        for severity in ["error", "warning"] {
            let count = events.named("diagnostic").filter(|event| event["severity"] == *severity).count();
            assert_eq!(summary[format!("{severity}s")].as_u64(), Some(count as u64), "{summary}");
        }
        assert!(run.code != Some(0) || !summary["result"].is_null(), "{summary}");
        assert_eq!(events.named("failure").count(), usize::from(run.code == Some(3)), "{events:?}");
        events.check_pace(summary["seconds"].as_f64().expect("seconds"));
        events
    }

    /// Reads lines, each of which is an event.
    #[track_caller]
    pub fn read(stdout: &str) -> Self {
        let schema = Schema::new();
        assert!(stdout.ends_with('\n'), "{stdout:?}");
        let events = stdout.lines().map(|line| {
            let event: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            assert!(line.starts_with("{\"event\":"), "{line}");
            schema.check(&event);
            event
        });
        let events = Self(events.collect());
        assert_eq!(events.0[0]["event"], "start", "{events:?}");
        assert_eq!(events.named("start").count(), 1, "{events:?}");
        events
    }

    /// Returns the last event, the only summary.
    #[track_caller]
    pub fn summary(&self) -> &Value {
        assert_eq!(self.named("summary").count(), 1, "{self:?}");
        self.0.last().filter(|event| event["event"] == "summary").expect("a summary at the end")
    }

    /// Returns the events with this name.
    pub fn named(&self, name: &'static str) -> impl Iterator<Item = &Value> {
        self.0.iter().filter(move |event| event["event"] == name)
    }

    /// Returns the names of all events, in their order.
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|event| event["event"].as_str().expect("a name")).collect()
    }

    /// Two events a stage, and two a second in between.
    #[track_caller]
    fn check_pace(&self, seconds: f64) {
        let stages = self.named("progress").filter(|event| event["done"] == 0).count();
        let progress = self.named("progress").count();
        assert!(progress <= 2 * stages + (2.0 * seconds) as usize, "{progress} of {stages} stages in {seconds} s");
    }
}

struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn new() -> Self {
        let text = include_str!("../../docs/schema/events.json");
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.set_default_draft(Draft::V7);
        compiler.add_resource("urn:events", serde_json::from_str(text).expect("JSON")).expect("a schema");
        let index = compiler.compile("urn:events", &mut schemas).expect("a valid schema");
        Self { schemas, index }
    }

    #[track_caller]
    fn check(&self, event: &Value) {
        if let Err(error) = self.schemas.validate(event, self.index) {
            panic!("{event}: {error:#}");
        }
    }
}
