//! Diagnostics as values, and the report in which a run collects them.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::span::{SourceMap, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site cannot be built as it is.
    Error,
    /// The site is built, but not as its author may think.
    Warning,
}

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a settings file.
    Span(Span),
    /// In a file that has no lines (a photo), or about a folder as a whole; path relative to the site.
    File(String),
    /// Nowhere in particular.
    Run,
}

/// One message to the author of the site.
///
/// Messages are lower case without a full stop, name things in backticks, and state what was found and what was
/// expected. `help` says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What it is, in one line.
    pub message: String,
    /// What to do, in one line.
    pub help: Option<String>,
    /// What went wrong inside of the program, for those who are to mend it. Only shown if asked for.
    pub cause: Option<String>,
}

impl Diagnostic {
    /// An error without a place.
    pub fn error(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, place: Place::Run, message: message.into(), help: None, cause: None }
    }

    /// A warning without a place.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    /// Puts it at a place in a settings file.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        Self { place: Place::Span(span), ..self }
    }

    /// Puts it at a whole file or folder, named relative to the site.
    #[must_use]
    pub fn in_file(self, path: impl Into<String>) -> Self {
        Self { place: Place::File(path.into()), ..self }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Adds what went wrong inside of the program.
    #[must_use]
    pub fn cause(self, cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), ..self }
    }
}

/// Everything that a run has to say, in the order in which the stages said it.
#[derive(Debug, Default, Clone)]
pub struct Report {
    /// The settings files that spans point into.
    pub map: SourceMap,
    diagnostics: Vec<Diagnostic>,
    /// Files of the site that are not what they are thought to be.
    doubted: BTreeSet<PathBuf>,
}

impl Report {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds what is said of a file of the site that is not what it is thought to be: it holds other bytes, or makes no sense. `path` is
    /// absolute and has no links in it.
    pub fn push_doubted(&mut self, path: &Path, diagnostic: Diagnostic) {
        self.doubted.insert(path.to_owned());
        self.push(diagnostic);
    }

    /// The files of which that was said.
    #[must_use]
    pub fn doubted(&self) -> &BTreeSet<PathBuf> {
        &self.doubted
    }

    /// Forgets all diagnostics after the first `len`, because the stages that said them run again.
    pub fn rewind(&mut self, len: usize) {
        self.diagnostics.truncate(len);
        self.doubted.clear();
    }

    /// All diagnostics so far.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many there are of one severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Leaves out what went wrong inside of the program.
    pub fn hide_causes(&mut self) {
        self.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.cause = None);
    }

    /// Puts what is said of settings files in the order of the files and their lines, whichever stage said it. The rest
    /// (photos, the run as a whole) follows in the order in which it was said.
    pub fn sort(&mut self) {
        self.diagnostics.sort_by_key(|diagnostic| match diagnostic.place {
            Place::Span(span) => (0, Some((span.file, span.start))),
            Place::File(_) | Place::Run => (1, None),
        });
    }

    /// Ends a stage: the value goes on if nothing was wrong with the site.
    ///
    /// # Errors
    /// [`Stop::Site`] if an error was reported.
    pub fn checked<T>(&self, value: T) -> Result<T, Stop> {
        if self.count(Severity::Error) == 0 { Ok(value) } else { Err(Stop::Site) }
    }
}

/// Why the line of stages stopped.
#[derive(Debug)]
pub enum Stop {
    /// The site has errors; they are in the [`Report`]. Exit code 1.
    Site,
    /// The machine failed. Exit code 3.
    Machine(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Machine(failure)
    }
}

/// The machine did not do what it was asked for: disk full, no permission, no memory.
#[derive(Debug)]
pub struct Failure {
    /// What was tried, as "cannot {action} `{path}`": "write", "make the folder".
    pub action: &'static str,
    /// On what.
    pub path: PathBuf,
    /// Why not.
    pub cause: io::Error,
    /// What the user can do, if anything is known.
    pub help: Option<String>,
}

impl Failure {
    /// For use in `map_err`: `fs::write(..).map_err(Failure::on("write", path))`.
    pub fn on(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self { action, path, cause, help: None }
    }
}
