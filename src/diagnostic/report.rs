//! Diagnostics as values, and the report in which a run collects them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::code::Code;
use super::policy::Policy;
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

/// A further place in a settings file, and what it has to do with the diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there, in a few words: "first defined here".
    pub label: &'static str,
}

/// One message to the author of the site.
///
/// Messages are lower case without a full stop, name things in backticks, and state what was found and what was
/// expected. `help` says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is at `place`, in a few words, for a diagnostic with several places.
    pub label: Option<&'static str>,
    /// Further places, in the order in which they were added.
    pub related: Vec<Related>,
    /// What it is, in one line.
    pub message: String,
    /// What to do, in one line.
    pub help: Option<String>,
    /// What went wrong inside of the program, for those who are to mend it. Only shown if asked for.
    pub cause: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a place, as severe as its code says.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            place: Place::Run,
            label: None,
            related: Vec::new(),
            message: message.into(),
            help: None,
            cause: None,
        }
    }

    /// Makes it an error, whatever its code says.
    #[must_use]
    pub fn as_error(self) -> Self {
        Self { severity: Severity::Error, ..self }
    }

    /// Makes it a warning, whatever its code says.
    #[must_use]
    pub fn as_warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
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

    /// Says what is at the place, for a diagnostic with several places.
    #[must_use]
    pub fn label(self, label: &'static str) -> Self {
        Self { label: Some(label), ..self }
    }

    /// Adds a further place, and what is there.
    #[must_use]
    pub fn also(mut self, span: Span, label: &'static str) -> Self {
        self.related.push(Related { span, label });
        self
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

/// The diagnostics of a run, in the order in which the stages reported them.
#[derive(Debug, Default, Clone)]
pub struct Report {
    /// The settings files that spans point into.
    pub map: SourceMap,
    policy: Policy,
    diagnostics: Vec<Diagnostic>,
    /// Files of the site that are not what they are thought to be.
    doubted: BTreeSet<PathBuf>,
    /// Where the settings name a file, by its path relative to the site.
    named: BTreeMap<String, Span>,
}

impl Report {
    /// An empty report that follows a policy.
    #[must_use]
    pub fn with(policy: Policy) -> Self {
        Self { policy, ..Self::default() }
    }

    /// Adds the codes that the site's settings allow and deny, and applies them to what was reported so far.
    pub fn follow(&mut self, allow: impl IntoIterator<Item = Code>, deny: impl IntoIterator<Item = Code>) {
        self.policy.add(allow, deny);
        let policy = &self.policy;
        let reported = std::mem::take(&mut self.diagnostics);
        self.diagnostics = reported.into_iter().filter_map(|diagnostic| policy.apply(diagnostic)).collect();
    }

    /// Remembers the place where the settings name a file of the site, so that a diagnostic about the file shows the line. Only the
    /// first place counts.
    pub fn note_name(&mut self, path: &str, span: Span) {
        if !self.named.contains_key(path) {
            self.named.insert(path.to_owned(), span);
        }
    }

    /// The policy so far.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Adds a diagnostic, unless the policy allows what it warns of.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let diagnostic = self.policy.apply(diagnostic);
        self.diagnostics.extend(diagnostic.map(|diagnostic| match &diagnostic.place {
            Place::File(path) if diagnostic.related.is_empty() => match self.named.get(path) {
                Some(&span) => diagnostic.also(span, "listed here"),
                None => diagnostic,
            },
            _ => diagnostic,
        }));
    }

    /// Adds a diagnostic about a file of the site that is not what it is thought to be: it holds other bytes, or makes no sense. `path`
    /// is absolute and has no links in it.
    pub fn push_doubted(&mut self, path: &Path, diagnostic: Diagnostic) {
        self.doubted.insert(path.to_owned());
        self.push(diagnostic);
    }

    /// The files of [`push_doubted`](Self::push_doubted).
    #[must_use]
    pub fn doubted(&self) -> &BTreeSet<PathBuf> {
        &self.doubted
    }

    /// Forgets all diagnostics after the first `len`, because the stages that reported them run again.
    pub fn rewind(&mut self, len: usize) {
        self.diagnostics.truncate(len);
        self.doubted.clear();
    }

    /// All diagnostics so far.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The number of diagnostics of one severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Drops the causes inside of the program.
    pub fn hide_causes(&mut self) {
        self.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.cause = None);
    }

    /// Puts diagnostics of settings files in the order of the files and their lines, whichever stage reported them. The rest
    /// (photos, the run as a whole) follows in the order in which it was reported.
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

    /// Whether the run fails: it has errors, or warnings that count as such.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.count(Severity::Error) > 0 || self.fails_by_warnings()
    }

    /// Whether warnings alone make the run fail.
    #[must_use]
    pub fn fails_by_warnings(&self) -> bool {
        self.policy.strict && self.count(Severity::Warning) > 0
    }

    /// Ends the last stage before something is published: unlike [`checked`](Self::checked), it respects `--strict`.
    ///
    /// # Errors
    /// [`Stop::Site`] if the run [fails](Self::fails).
    pub fn accepted<T>(&self, value: T) -> Result<T, Stop> {
        if self.fails() { Err(Stop::Site) } else { Ok(value) }
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
