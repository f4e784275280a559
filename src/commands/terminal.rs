//! Progress for people: bars on a terminal, otherwise one line per stage.

use std::io::{self, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::verbosity::Verbosity;
use crate::diagnostic::escape;
use crate::machine::progress::Progress;

/// Shortest duration of a stage that gets a line.
const WORTH_A_LINE: Duration = Duration::from_secs(2);

/// Progress on stderr.
pub(super) struct Terminal {
    bars: bool,
    verbosity: Verbosity,
    stage: Mutex<Option<Stage>>,
}

struct Stage {
    what: &'static str,
    begun: Instant,
    bar: ProgressBar,
}

impl Terminal {
    /// Creates the progress display; `bars` is true if stderr is a terminal.
    pub(super) fn new(bars: bool, verbosity: Verbosity) -> Self {
        Self { bars, verbosity, stage: Mutex::new(None) }
    }

    fn with<T>(&self, f: impl FnOnce(&mut Option<Stage>) -> T) -> T {
        f(&mut self.stage.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

impl Progress for Terminal {
    fn begin(&self, what: &'static str, total: u64) {
        let bar = if self.bars && total > 0 {
            let style = ProgressStyle::with_template("{msg:>18} {wide_bar} {pos:>5}/{len:<5} {eta:>4} left")
                .expect("the template is constant")
                .progress_chars("━╸ ");
            ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr())
                .with_style(style)
                .with_message(what)
        } else {
            ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden())
        };
        self.with(|stage| *stage = Some(Stage { what, begun: Instant::now(), bar }));
    }

    fn advance(&self, steps: u64) {
        self.with(|stage| {
            if let Some(stage) = stage {
                stage.bar.inc(steps);
            }
        });
    }

    fn end(&self) {
        self.with(|stage| {
            let Some(Stage { what, begun, bar }) = stage.take() else { return };
            let done = bar.position();
            bar.finish_and_clear();
            let took = begun.elapsed();
            // Without a bar, a line after each long stage is enough to show that the run makes progress.
            if done > 0 && (self.verbosity == Verbosity::Verbose || (!self.bars && took >= WORTH_A_LINE)) {
                say(format!("{what}: {done} in {:.1} s\n", took.as_secs_f64()));
            }
        });
    }

    fn tell(&self, line: &str) {
        let line = escape(line);
        self.with(|stage| match stage {
            Some(stage) if self.bars => stage.bar.println(line),
            _ => say(format!("{line}\n")),
        });
    }

    fn note(&self, line: &str) {
        if self.verbosity == Verbosity::Verbose {
            self.tell(line);
        }
    }
}

/// Prints a line with one write, so that nothing comes in between. A closed pipe is not an error.
fn say(line: String) {
    let _ = io::stderr().write_all(line.as_bytes());
}
