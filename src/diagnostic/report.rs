//! The report in which a run collects its diagnostics.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::code::Code;
use super::failure::Failure;
use super::message::{Diagnostic, Place};
use super::policy::Policy;
use super::severity::Severity;
use super::span::{SourceMap, Span};

/// The diagnostics of a run, in the order in which the stages reported them.
#[derive(Debug, Default, Clone)]
pub struct Report {
    /// The settings files that spans point into.
    pub map: SourceMap,
    policy: Policy,
    diagnostics: Vec<Diagnostic>,
    /// Files of the site that contradict the ledger.
    doubted: BTreeSet<PathBuf>,
    /// Errors about files that the site can do without, by their paths on disk.
    dispensable: BTreeMap<PathBuf, Diagnostic>,
    /// The folder of the site as the user named it, with a `/` at its end; empty for the working directory.
    base: String,
    /// Where the settings name a file, by its path relative to the site.
    named: BTreeMap<String, Span>,
}

impl Report {
    /// An empty report that follows a policy.
    #[must_use]
    pub fn with(policy: Policy) -> Self {
        Self { policy, ..Self::default() }
    }

    /// Sets the folder of the site, so that paths are printed relative to the working directory.
    #[must_use]
    pub fn of_site(self, site: &Path) -> Self {
        let folder = site.to_string_lossy();
        let base = match folder.trim_end_matches('/') {
            "" if folder.is_empty() => String::new(),
            "." => String::new(),
            folder => format!("{}/", folder.strip_prefix("./").unwrap_or(folder)),
        };
        Self { base, ..self }
    }

    /// Returns a path of the site relative to the working directory; absolute paths stay.
    #[must_use]
    pub fn shown(&self, path: &str) -> String {
        if path.starts_with('/') { path.to_owned() } else { format!("{}{path}", self.base) }
    }

    /// Adds the codes that the site's settings allow and deny, and applies them to the diagnostics so far.
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

    /// Adds a diagnostic, unless the policy hides its code.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let diagnostic = self.policy.apply(diagnostic);
        self.diagnostics.extend(diagnostic.map(|diagnostic| match &diagnostic.place {
            Place::File(path) if diagnostic.related().is_empty() => match self.named.get(path) {
                Some(&span) if !self.map.is_made_up(span.file) => diagnostic.also(span, "listed here"),
                _ => diagnostic,
            },
            _ => diagnostic,
        }));
    }

    /// Adds an error about a file that contradicts the ledger: its bytes differ, or its header is not valid. `path`
    /// is absolute and has no links in it.
    pub fn push_doubted(&mut self, path: &Path, diagnostic: Diagnostic) {
        self.doubt(path);
        self.push(diagnostic.as_error());
    }

    /// Records that a file contradicts the ledger.
    pub fn doubt(&mut self, path: &Path) {
        self.doubted.insert(path.to_owned());
    }

    /// The files of [`push_doubted`](Self::push_doubted).
    #[must_use]
    pub fn doubted(&self) -> &BTreeSet<PathBuf> {
        &self.doubted
    }

    /// Adds an error about a file that the site can do without. `path` is absolute and has no links in it.
    pub fn push_dispensable(&mut self, path: &Path, diagnostic: Diagnostic) {
        self.dispensable.insert(path.to_owned(), diagnostic.clone());
        self.push(diagnostic.as_error());
    }

    /// The errors of [`push_dispensable`](Self::push_dispensable).
    #[must_use]
    pub fn dispensable(&self) -> &BTreeMap<PathBuf, Diagnostic> {
        &self.dispensable
    }

    /// Forgets all diagnostics after the first `len`, because the stages that reported them run again.
    pub fn rewind(&mut self, len: usize) {
        self.diagnostics.truncate(len);
        self.doubted.clear();
        self.dispensable.clear();
    }

    /// All diagnostics so far.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Keeps the diagnostics of one severity.
    pub fn keep(&mut self, severity: Severity) {
        self.diagnostics.retain(|diagnostic| diagnostic.severity == severity);
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
