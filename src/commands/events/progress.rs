//! Progress as events: the beginning and the end of each stage, and at most two events a second in between.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use super::event::emit;
use crate::commands::Verbosity;
use crate::machine::progress::Progress;

/// Shortest time between two events of a stage.
const PAUSE: Duration = Duration::from_millis(500);

/// Progress on stdout.
pub(in crate::commands) struct EventProgress {
    verbosity: Verbosity,
    stage: Mutex<Option<CountedStage>>,
}

/// A stage of work: `done` of `total` steps.
#[derive(Debug, Clone)]
struct CountedStage {
    what: &'static str,
    done: u64,
    total: u64,
    last: Instant,
}

impl CountedStage {
    /// Adds finished steps; returns whether an event is due.
    fn advance(&mut self, steps: u64, now: Instant) -> bool {
        self.done += steps;
        let is_due = self.done < self.total && now.saturating_duration_since(self.last) >= PAUSE;
        if is_due {
            self.last = now;
        }
        is_due
    }

    fn emit(&self) {
        emit("progress", json!({ "stage": self.what, "done": self.done, "total": self.total }));
    }
}

impl EventProgress {
    /// Creates the progress of a run with this amount of output.
    pub(in crate::commands) fn new(verbosity: Verbosity) -> Self {
        Self { verbosity, stage: Mutex::new(None) }
    }

    fn with<T>(&self, f: impl FnOnce(&mut Option<CountedStage>) -> T) -> T {
        f(&mut self.stage.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Progress for EventProgress {
    fn begin(&self, what: &'static str, total: u64) {
        let stage = CountedStage { what, done: 0, total, last: Instant::now() };
        self.with(|current| {
            if total > 0 {
                stage.emit();
            }
            *current = Some(stage);
        });
    }

    fn advance(&self, steps: u64) {
        self.with(|current| {
            if let Some(stage) = current
                && stage.advance(steps, Instant::now())
            {
                stage.emit();
            }
        });
    }

    fn end(&self) {
        self.with(|current| {
            if let Some(stage) = current.take().filter(|stage| stage.done > 0) {
                stage.emit();
            }
        });
    }

    fn tell(&self, line: &str) {
        self.with(|_| emit("note", json!({ "message": line })));
    }

    fn note(&self, line: &str) {
        if self.verbosity == Verbosity::Verbose {
            self.tell(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_steps_are_few_events() {
        let begun = Instant::now();
        let mut stage = CountedStage { what: "photos", done: 0, total: 10_001, last: begun };
        // Ten thousand steps in ten seconds.
        let due = (1..=10_000).filter(|&step| stage.advance(1, begun + Duration::from_millis(step))).count();
        assert_eq!((due, stage.done), (20, 10_000));
        // The end of the stage reports the last step.
        assert!(!stage.advance(1, begun + Duration::from_secs(60)));
    }
}
