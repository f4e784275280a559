//! What a command prints, and where: diagnostics and progress to stderr, results to stdout.

use std::io::{self, IsTerminal, Write};

use super::Exit;
use super::summary::count;
use super::terminal::Terminal;
use super::verbosity::Verbosity;
use crate::diagnostic::{self, Format, Report, Severity, Stop};
use crate::machine::caught;
use crate::machine::progress::{Progress, Silent};

/// What a command did not do because the site has errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    /// It only looks.
    Nothing,
    /// It publishes.
    Published,
    /// It deploys.
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

/// How a command talks.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// How diagnostics look.
    pub format: Format,
    /// How much is said.
    pub verbosity: Verbosity,
}

impl Output {
    /// What receives the progress of stages.
    #[must_use]
    pub fn progress(&self) -> Box<dyn Progress> {
        if self.verbosity == Verbosity::Verbose {
            caught::speak_in_detail();
        }
        match (self.verbosity, self.format) {
            // What editors and programs read is not to be mixed with lines for people.
            (Verbosity::Quiet, _) | (Verbosity::Normal, Format::Short) | (_, Format::Json) => Box::new(Silent),
            (verbosity, _) => Box::new(Terminal::new(io::stderr().is_terminal(), verbosity)),
        }
    }

    /// Prints the diagnostics of a run and, if it stopped, why and what is therefore `undone`; gives the exit code that belongs to it.
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
        // A closed pipe (`cimaise check 2>&1 | head`) is no reason to fail.
        let mut stderr = io::stderr().lock();
        let _ = diagnostic::print(report, self.format, &mut stderr).and_then(|()| stderr.flush());
        match result {
            Ok(value) => {
                let _ = then(value).and_then(|()| io::stdout().flush());
                Exit::Done
            }
            Err(Stop::Site) => {
                if matches!(self.format, Format::Human { .. }) {
                    let errors = count(report.count(Severity::Error), "error", "errors");
                    let warnings = count(report.count(Severity::Warning), "warning", "warnings");
                    let line = format!("{errors}, {warnings}{}\n", undone.after_counts());
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
