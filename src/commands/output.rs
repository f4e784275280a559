//! Output of a command: diagnostics and progress to stderr, results to stdout.

use std::io::{self, IsTerminal, Write};

use super::Exit;
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
}

/// Progress for editors and programs: only lines about waiting, in the format of diagnostics.
struct Notes(Format);

impl Progress for Notes {
    fn begin(&self, _: &'static str, _: u64) {}

    fn advance(&self, _: u64) {}

    fn end(&self) {}

    fn tell(&self, line: &str) {
        let text = match self.0 {
            Format::Json => format!("{}\n", serde_json::json!({ "severity": "note", "message": line })),
            _ => format!("note: {}\n", escape(line)),
        };
        // A closed pipe is not an error.
        let _ = io::stderr().write_all(text.as_bytes());
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
}

impl Output {
    /// Returns the receiver of the stages' progress.
    #[must_use]
    pub fn progress(&self) -> Box<dyn Progress> {
        if self.verbosity == Verbosity::Verbose {
            caught::speak_in_detail();
        }
        match (self.verbosity, self.format) {
            // Output for editors and programs must not contain lines for people.
            (Verbosity::Quiet, _) => Box::new(Silent),
            (Verbosity::Normal, Format::Short) | (_, Format::Json) => Box::new(Notes(self.format)),
            (verbosity, _) => Box::new(Terminal::new(io::stderr().is_terminal(), verbosity)),
        }
    }

    /// Prints the diagnostics of a run and, if it stopped, the reason and what is therefore `undone`; returns the exit code.
    pub fn conclude<T>(
        &self,
        report: &mut Report,
        result: Result<T, Stop>,
        undone: Undone,
        then: impl FnOnce(T) -> io::Result<()>,
    ) -> Exit {
        report.sort();
        if self.verbosity < Verbosity::Verbose {
            report.hide_causes();
        }
        // A closed pipe (`cimaise check 2>&1 | head`) is not an error.
        // Not locked: `then` may run for days, and other threads print too.
        let mut stderr = io::stderr();
        let _ = diagnostic::print(report, self.format, &mut stderr).and_then(|()| stderr.flush());
        match result {
            Ok(value) => {
                let _ = then(value).and_then(|()| io::stdout().flush());
                if report.fails() { Exit::Site } else { Exit::Done }
            }
            Err(Stop::Site) => {
                if matches!(self.format, Format::Human { .. }) {
                    let errors = count(report.count(Severity::Error), "error", "errors");
                    let warnings = count(report.count(Severity::Warning), "warning", "warnings");
                    let strict = match report.count(Severity::Error) {
                        0 if report.fails_by_warnings() => " (fatal because of `--strict`)",
                        _ => "",
                    };
                    let line = format!("{errors}, {warnings}{strict}{}\n", undone.after_counts());
                    let _ = stderr.write_all(line.as_bytes());
                }
                Exit::Site
            }
            Err(Stop::Machine(failure)) => {
                let _ = diagnostic::print_failure(&failure, self.format, &mut stderr);
                Exit::Machine
            }
        }
    }
}
