//! From a YAML tree to typed settings.
//!
//! In: the [`Node`] of one file. Out: the structs of `settings.rs`, as complete as the file allows, and every problem of the
//! file, sorted by place. A value that is wrong is reported and left out; reading goes on with the next. What a value
//! is used for later is not known here, except where this version does not use it at all: then it says so.

mod compat;
mod data;
mod fields;
mod gallery;
mod geometry;
mod images;
mod media;
mod protection;
mod root;
mod scalar;
mod section;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::rc::Rc;

use super::yaml::Node;
use super::{Data, Template};
use crate::diagnostic::{Diagnostic, FileId, Place, Severity, Span};

/// How many errors, and how many warnings, are told about one file.
const LIMIT: usize = 100;

/// Reads one file and collects what is wrong with it.
pub(super) struct Reader {
    file: FileId,
    problems: Vec<Diagnostic>,
    told: BTreeSet<&'static str>,
    /// The site's templates, if it has any.
    templates: Option<Rc<[Template]>>,
}

impl Reader {
    /// Begins with what the parser found.
    pub(super) fn new(file: FileId, templates: Option<Rc<[Template]>>, problems: Vec<Diagnostic>) -> Self {
        Self { file, problems, told: BTreeSet::new(), templates }
    }

    /// All that stands in a map, for the site's templates; nothing if it has none.
    fn data(&self, node: &Node) -> Data {
        if self.templates.is_some() { Data::of(node) } else { Data::Nothing }
    }

    /// The file holds nothing but, perhaps, comments.
    pub(super) fn empty(&mut self) {
        let start = self.start();
        self.error(start, "the file is empty", "write at least `title: ` and a title");
    }

    /// All problems in the order of the file. Of a file with very many, only the first are told.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.problems.sort_by_key(|problem| match problem.place {
            Place::Span(span) => span.start,
            _ => 0,
        });
        let (mut errors, mut warnings) = (0_usize, 0_usize);
        let mut told = self.problems;
        told.retain(|problem| {
            let count = if problem.severity == Severity::Error { &mut errors } else { &mut warnings };
            *count += 1;
            *count <= LIMIT
        });
        let hidden = errors.saturating_sub(LIMIT) + warnings.saturating_sub(LIMIT);
        if let Some(last) = told.last().filter(|_| hidden > 0) {
            let message = format!("{hidden} more problems of this file are not listed");
            let severity = if errors > LIMIT { Severity::Error } else { Severity::Warning };
            told.push(Diagnostic { severity, place: last.place.clone(), message, help: None, cause: None });
        }
        told
    }

    /// The place of what is missing from the file as a whole.
    fn start(&self) -> Span {
        Span { file: self.file, start: 0, end: 0 }
    }

    fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    fn error(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::error(message).at(span).help(help));
    }

    fn warn(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::warning(message).at(span).help(help));
    }

    /// A value of the wrong type.
    fn wrong(&mut self, name: &str, expected: &str, node: &Node) {
        let message = format!("expected {expected} for `{name}`, found {}", node.describe());
        self.push(Diagnostic::error(message).at(node.span));
    }

    /// Whether this is the first time that `topic` comes up in this file.
    fn first(&mut self, topic: &'static str) -> bool {
        self.told.insert(topic)
    }
}
