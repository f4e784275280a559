//! Output of a command: diagnostics and progress to stderr, results to stdout; for programs, everything as events to stdout.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};

use super::Exit;
use super::events::{self, EventProgress};
use super::summary::count;
use super::terminal::Terminal;
use super::verbosity::Verbosity;
use crate::diagnostic::{self, Format, Report, Severity, Stop, escape};
use crate::machine::caught;
use crate::machine::progress::{Progress, Silent};

/// The action that a command did not perform because the site has errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    /// None: the command only reads.
    Nothing,
    /// Publishing.
    Published,
    /// Deploying.
    Deployed,
}

impl Undone {
    fn after_counts(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Published => ": nothing was published",
            Self::Deployed => ": nothing was deployed",
        }
    }

    /// The last line of a run that stopped: the number of errors and warnings.
    fn sum(self, report: &Report) -> String {
        let errors = count(report.count(Severity::Error), "error", "errors");
        let warnings = count(report.count(Severity::Warning), "warning", "warnings");
        let strict = match report.count(Severity::Error) {
            0 if report.fails_by_warnings() => " (fatal because of `--strict`)",
            _ => "",
        };
        format!("{errors}, {warnings}{strict}{}\n", self.after_counts())
    }
}

/// Progress for editors: only lines about waiting, in the format of diagnostics.
struct Notes;

impl Progress for Notes {
    fn begin(&self, _: &'static str, _: u64) {}

    fn advance(&self, _: u64) {}

    fn end(&self) {}

    fn tell(&self, line: &str) {
        // A closed pipe is not an error.
        let _ = io::stderr().write_all(format!("note: {}\n", escape(line)).as_bytes());
    }

    fn note(&self, _: &str) {}
}

/// Format and amount of a command's output.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// Format of diagnostics.
    pub format: Format,
    /// How much is printed.
    pub verbosity: Verbosity,
    /// Time at which the command began.
    pub begun: Instant,
}

impl Output {
    /// Returns whether the output is a stream of events for programs.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Begins the output of a command on a site.
    pub fn start(&self, command: &str, site: &Path) {
        if self.is_json() {
            let (version, program) = (events::VERSION, env!("CARGO_PKG_VERSION"));
            let site = site.to_string_lossy();
            events::emit("start", json!({ "version": version, "cimaise": program, "command": command, "site": site }));
        }
    }

    /// Returns the receiver of the stages' progress.
    #[must_use]
    pub fn progress(&self) -> Box<dyn Progress> {
        if self.verbosity == Verbosity::Verbose {
            caught::speak_in_detail();
        }
        match (self.verbosity, self.format) {
            (Verbosity::Quiet, _) => Box::new(Silent),
            // Output for editors and programs must not contain lines for people.
            (verbosity, Format::Json) => Box::new(EventProgress::new(verbosity)),
            (Verbosity::Normal, Format::Short) => Box::new(Notes),
            (verbosity, _) => Box::new(Terminal::new(io::stderr().is_terminal(), verbosity)),
        }
    }

    /// Prints the diagnostics of a run and, if it stopped, the reason and what is therefore `undone`; returns the exit code. `then` prints
    /// the value of a run that did not stop, or returns it as the result for the summary of the stream of events.
    pub fn conclude<T, R: Into<Value>>(
        &self,
        report: &mut Report,
        result: Result<T, Stop>,
        undone: Undone,
        then: impl FnOnce(T) -> io::Result<R>,
    ) -> Exit {
        self.conclude_as(Exit::Done, report, result, undone, then)
    }

    /// As [`conclude`](Self::conclude), with the exit code of a run that did not stop and has no errors.
    pub fn conclude_as<T, R: Into<Value>>(
        &self,
        exit: Exit,
        report: &mut Report,
        result: Result<T, Stop>,
        undone: Undone,
        then: impl FnOnce(T) -> io::Result<R>,
    ) -> Exit {
        report.sort();
        if self.verbosity < Verbosity::Verbose {
            report.hide_causes();
        }
        // A closed pipe (`cimaise check 2>&1 | head`) is not an error.
        let _ = self.messages(|out| diagnostic::print(report, self.format, out));
        let mut value = Value::Null;
        let exit = match result {
            Ok(result) => {
                value = then(result).map(Into::into).unwrap_or_default();
                let _ = io::stdout().flush();
                if report.fails() { Exit::Site } else { exit }
            }
            Err(Stop::Site) => {
                if matches!(self.format, Format::Human { .. }) {
                    let _ = self.messages(|out| out.write_all(undone.sum(report).as_bytes()));
                }
                Exit::Site
            }
            Err(Stop::Machine(failure)) => {
                let _ = self.messages(|out| diagnostic::print_failure(&failure, self.format, out));
                Exit::Machine
            }
        };
        if self.is_json() {
            self.summary(exit, report, value);
        }
        exit
    }

    /// Calls `print` with the stream for diagnostics: stderr, or stdout for programs, which read everything in one place. The stream is
    /// locked only here: a command may run for days, and other threads print too.
    pub(super) fn messages(&self, print: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let mut out: Box<dyn Write> =
            if self.is_json() { Box::new(io::stdout().lock()) } else { Box::new(io::stderr().lock()) };
        print(&mut out).and_then(|()| out.flush())
    }

    fn summary(&self, exit: Exit, report: &Report, result: Value) {
        let [errors, warnings] = [Severity::Error, Severity::Warning].map(|severity| report.count(severity));
        let seconds = self.begun.elapsed().as_secs_f64();
        let summary = json!({
            "exit_code": exit as u8, "errors": errors, "warnings": warnings, "seconds": seconds, "result": result
        });
        events::emit("summary", summary);
    }
}
