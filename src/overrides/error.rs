//! What went wrong in a template, as its author is told.

use std::collections::BTreeMap;
use std::error::Error as _;

use minijinja::{Error, ErrorKind};

use super::engine::Engine;
use super::guard;
use super::refuse::Advice;
use crate::diagnostic::{Diagnostic, FileId, SourceMap, Span};
use crate::machine::caught::{Panic, caught};
use crate::source::nearest;

/// Where the templates of the site are, and what there is besides.
pub(super) struct Names<'a> {
    pub(super) files: BTreeMap<&'a str, FileId>,
    pub(super) builtin: Vec<String>,
}

impl Names<'_> {
    /// The error as it is told, at the innermost place that the author can mend. `page` is what was being made.
    pub(super) fn diagnostic(&self, error: &Error, page: Option<&str>, map: &SourceMap) -> Diagnostic {
        let mut chain = vec![error];
        let mut help = None;
        let mut next = error.source();
        while let Some(cause) = next {
            chain.extend(cause.downcast_ref::<Error>());
            if let Some(advice) = cause.downcast_ref::<Advice>() {
                help = Some(advice.0.clone());
            }
            next = cause.source();
        }
        let root = chain.last().copied().unwrap_or(error);
        let (message, advice) = self.words(root);
        let mut message = message;
        if let Some(page) = page {
            message = format!("{message} ({page})");
        }
        let mut told = Diagnostic::error(message);
        let place = chain.iter().rev().find_map(|error| Some((error, self.file(error)?)));
        if let Some((error, file)) = place {
            told = told.at(span(error, file, &map.text(file)));
        } else if let Some(file) = quoted(root).and_then(|name| self.files.get(name)) {
            told = told.at(Span { file: *file, start: 0, end: 0 });
        }
        match help.or(advice) {
            Some(help) => told.help(help),
            None => told,
        }
    }

    /// Whether a template can be read.
    pub(super) fn compile(&self, engine: &Engine, name: &str, text: &str, map: &SourceMap) -> Result<(), Diagnostic> {
        let compile = || {
            let guarded = guard::guard(text).map_err(|problem| {
                let help = "write it as several, with `{% set %}`, or with a loop over a list in the settings";
                let error = Diagnostic::error(problem.message).help(help);
                let at = u32::try_from(problem.at).unwrap_or(u32::MAX);
                match self.files.get(name) {
                    Some(&file) => error.at(Span { file, start: at, end: at }),
                    None => error,
                }
            })?;
            let compiled = engine.environment.template_from_named_str(name, &guarded.text);
            compiled.map(|_| ()).map_err(|error| self.diagnostic(&error, None, map))
        };
        caught(compile).unwrap_or_else(|panic| Err(self.broken(name, panic)))
    }

    /// A template in which MiniJinja, or what is put around it, panics.
    pub(super) fn broken(&self, name: &str, panic: Panic) -> Diagnostic {
        let error = Diagnostic::error("this template cannot be run, which is a mistake of cimaise's");
        let help = "please report this with the template and what `--verbose` prints";
        let error = error.help(help).cause(panic);
        match self.files.get(name) {
            Some(&file) => error.at(Span { file, start: 0, end: 0 }),
            None => error,
        }
    }

    fn file(&self, error: &Error) -> Option<FileId> {
        self.files.get(error.name()?).copied()
    }

    /// Message and help.
    fn words(&self, error: &Error) -> (String, Option<String>) {
        let detail = error.detail().unwrap_or_default();
        let plain = || if detail.is_empty() { error.kind().to_string() } else { lower(detail) };
        match error.kind() {
            ErrorKind::OutOfFuel => (
                "this template takes too many steps, or makes too much text".to_owned(),
                Some("look for loops that do not end soon, and for texts and lists that grow in them".to_owned()),
            ),
            ErrorKind::InvalidOperation if detail.contains("recursion limit") => (
                "templates or macros call each other without end".to_owned(),
                Some("look for one that includes or extends itself".to_owned()),
            ),
            ErrorKind::InvalidOperation if detail.contains("cycle in template inheritance") => (
                "templates extend each other without end".to_owned(),
                Some("look for one that extends itself".to_owned()),
            ),
            ErrorKind::TemplateNotFound => {
                let name = quoted(error).unwrap_or_default();
                let known = self.files.keys().copied().chain(self.builtin.iter().map(String::as_str));
                let help = match nearest(name, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write `templates/{name}`"),
                };
                let message = if name.is_empty() { plain() } else { format!("there is no template `{name}`") };
                (message, Some(help).filter(|_| !name.is_empty()))
            }
            ErrorKind::SyntaxError => (format!("syntax error: {}", plain()), None),
            ErrorKind::UndefinedError => {
                let help = "ask first whether it is there, as in `{% if gallery.cover %}`";
                (format!("something is not there: {}", plain()), Some(help.to_owned()))
            }
            ErrorKind::InvalidOperation if detail.contains('%') => {
                (plain(), Some("to put values into a text, write `\"%s\"|format(value)`".to_owned()))
            }
            _ => (plain(), None),
        }
    }
}

/// The name that an error gives.
fn quoted(error: &Error) -> Option<&str> {
    error.detail()?.split(['"', '\'']).nth(1)
}

/// Messages begin with a small letter.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The place of an error in its file: the expression if that is known, else the line.
fn span(error: &Error, file: FileId, text: &str) -> Span {
    let clip = |at: usize| u32::try_from(at.min(text.len())).unwrap_or(u32::MAX);
    let guarded = guard::guard(text).unwrap_or_default();
    let range = error.range().map(|range| guarded.original(range.start)..guarded.original(range.end));
    if let Some(range) = range
        && range.end <= text.len()
        && text.is_char_boundary(range.start)
        && text.is_char_boundary(range.end)
    {
        return Span { file, start: clip(range.start), end: clip(range.end) };
    }
    let line = error.line().unwrap_or(1).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let length = text[start..].lines().next().map_or(0, str::len);
    Span { file, start: clip(start), end: clip(start + length) }
}
