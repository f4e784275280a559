//! Converts a YAML tree to typed settings.
//!
//! In: the [`Node`] of one file. Out: the structs of `settings.rs`, as complete as the file allows, and every problem
//! in the file, sorted by position. An invalid value is reported and left out; reading continues with the next one.
//! Must not know how a value is used later, except that keys without any effect in this version are reported.

mod compat;
mod data;
mod diagnostics;
mod fields;
mod gallery;
mod geometry;
mod images;
mod markup;
mod media;
mod protection;
mod root;
mod scalar;
mod section;
mod synonyms;
mod wrong;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::yaml::Node;
use super::{Data, Template};
use crate::diagnostic::{Code, Diagnostic, FileId, Place, Severity, Span};

/// Maximum number of errors, and of warnings, that are reported for one file.
const LIMIT: usize = 100;

/// Reads one file and collects its problems.
pub(super) struct Reader {
    file: FileId,
    /// The text of the file.
    written: Arc<str>,
    problems: Vec<Diagnostic>,
    told: BTreeSet<&'static str>,
    /// Templates of the site, if there are any.
    templates: Option<Rc<[Template]>>,
}

impl Reader {
    /// Creates a reader that starts with the problems found by the parser.
    pub(super) fn new(
        file: FileId,
        written: Arc<str>,
        templates: Option<Rc<[Template]>>,
        problems: Vec<Diagnostic>,
    ) -> Self {
        Self { file, written, problems, told: BTreeSet::new(), templates }
    }

    /// Returns everything in a map, for the site's templates; empty if there are none.
    fn data(&self, node: &Node) -> Data {
        if self.templates.is_some() { Data::of(node) } else { Data::Nothing }
    }

    /// Reports a file that is empty or contains only comments.
    pub(super) fn empty(&mut self) {
        let start = self.start();
        self.report(Code::SettingsEmptyFile, start, "the file is empty", "write at least a title: `title: My photos`");
    }

    /// Returns all problems in the order of the file; if there are very many, only the first of them.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.problems.sort_by_key(|problem| match problem.place {
            Place::Span(span) => span.start,
            _ => 0,
        });
        let (mut errors, mut warnings) = (0_usize, 0_usize);
        let mut told = without_repetitions(self.problems);
        told.retain(|problem| {
            let count = if problem.severity == Severity::Error { &mut errors } else { &mut warnings };
            *count += 1;
            *count <= LIMIT
        });
        let hidden = errors.saturating_sub(LIMIT) + warnings.saturating_sub(LIMIT);
        if let Some(last) = told.last().filter(|_| hidden > 0) {
            let message = format!("{hidden} more problems in this file are not listed");
            let rest = Diagnostic { place: last.place.clone(), ..Diagnostic::new(Code::SettingsNotListed, message) };
            told.push(if errors > LIMIT { rest.as_error() } else { rest });
        }
        told
    }

    /// Returns the position for problems with the file as a whole.
    fn start(&self) -> Span {
        Span { file: self.file, start: 0, end: 0 }
    }

    fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::new(code, message).at(span).help(help));
    }

    /// Returns whether this is the first time that `topic` is reported for this file.
    fn first(&mut self, topic: &'static str) -> bool {
        self.told.insert(topic)
    }
}

/// Drops diagnostics that are equal to one before: each alias reads its value again.
fn without_repetitions(sorted: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = Vec::with_capacity(sorted.len());
    for problem in sorted {
        let mut same_place = all.iter().rev().take_while(|other| other.place == problem.place);
        if !same_place.any(|other| *other == problem) {
            all.push(problem);
        }
    }
    all
}
