//! Turns errors in templates into diagnostics for their author.

use std::collections::BTreeMap;
use std::error::Error as _;

use minijinja::{Error, ErrorKind};

use super::engine::Engine;
use super::guard;
use super::refuse::Advice;
use super::unclosed;
use crate::diagnostic::{Code, Diagnostic, FileId, Place, SourceMap, Span};
use crate::machine::caught::{Panic, caught};
use crate::source::nearest;

/// The template files of the site, and the names of the built-in templates.
pub(super) struct TemplateNames<'a> {
    pub(super) files: BTreeMap<&'a str, FileId>,
    pub(super) builtin: Vec<String>,
}

impl TemplateNames<'_> {
    /// Converts an error to a diagnostic at the innermost position in the author's templates. `page` names the page being built.
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
        let (code, message, advice) = self.words(root);
        let mut message = message;
        if let Some(page) = page {
            message = format!("{message} ({page})");
        }
        let mut told = Diagnostic::new(code, message);
        let place = chain.iter().rev().find_map(|error| Some((error, self.file(error)?)));
        if let Some((error, file)) = place {
            told = told.at(span(error, file, &map.text(file)));
        } else if let Some(file) = quoted(root).and_then(|name| self.files.get(name)) {
            told = told.at(Span { file: *file, start: 0, end: 0 });
        }
        let told = match help.or(advice) {
            Some(help) => told.help(help),
            None => told,
        };
        if root.kind() == ErrorKind::SyntaxError { at_the_opening(told, map) } else { told }
    }

    /// Checks that a template compiles, with the guards inserted.
    pub(super) fn compile(&self, engine: &Engine, name: &str, text: &str, map: &SourceMap) -> Result<(), Diagnostic> {
        let compile = || {
            let guarded = guard::guard(text).map_err(|problem| {
                let help = "split it with `{% set %}`, or use a loop over a list in the settings";
                let error = Diagnostic::new(Code::TemplateTooMuch, problem.message).help(help);
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

    /// Returns the diagnostic for a panic in MiniJinja, or in the code around it.
    pub(super) fn broken(&self, name: &str, panic: Panic) -> Diagnostic {
        let error = Diagnostic::new(Code::CimaiseBug, "cannot run this template because of a bug in cimaise");
        let help = "please report the bug with the template and the output of `--verbose`";
        let error = error.help(help).cause(panic);
        match self.files.get(name) {
            Some(&file) => error.at(Span { file, start: 0, end: 0 }),
            None => error,
        }
    }

    fn file(&self, error: &Error) -> Option<FileId> {
        self.files.get(error.name()?).copied()
    }

    /// Returns code, message and help for an error.
    fn words(&self, error: &Error) -> (Code, String, Option<String>) {
        let detail = error.detail().unwrap_or_default();
        let plain = || if detail.is_empty() { error.kind().to_string() } else { lower(detail) };
        match error.kind() {
            ErrorKind::OutOfFuel => (
                Code::TemplateTooMuch,
                "this template takes too many steps or prints too much text".to_owned(),
                Some("look for long loops, and for texts and lists that grow in loops".to_owned()),
            ),
            ErrorKind::InvalidOperation if detail.contains("recursion limit") => (
                Code::TemplateTooMuch,
                "templates or macros call each other endlessly".to_owned(),
                Some("look for a template that includes or extends itself".to_owned()),
            ),
            ErrorKind::InvalidOperation if detail.contains("cycle in template inheritance") => (
                Code::TemplateTooMuch,
                "templates extend each other endlessly".to_owned(),
                Some("look for a template that extends itself".to_owned()),
            ),
            ErrorKind::TemplateNotFound => {
                let name = quoted(error).unwrap_or_default();
                let known = self.files.keys().copied().chain(self.builtin.iter().map(String::as_str));
                let help = match nearest(name, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("create `templates/{name}`"),
                };
                let message = if name.is_empty() { plain() } else { format!("template `{name}` not found") };
                (Code::TemplateMissing, message, Some(help).filter(|_| !name.is_empty()))
            }
            ErrorKind::SyntaxError => {
                let help = "write `{{ value }}` for a value, and `{% if value %} .. {% endif %}` for a condition";
                (Code::TemplateSyntax, format!("syntax error: {}", plain()), Some(help.to_owned()))
            }
            ErrorKind::UndefinedError => {
                let help = "check that the value is defined, as in `{% if gallery.cover %}`";
                (Code::TemplateUndefined, format!("undefined value: {}", plain()), Some(help.to_owned()))
            }
            ErrorKind::InvalidOperation if detail.contains('%') => {
                let help = "to put values into a text, write `\"%s\"|format(value)`";
                (Code::TemplateError, plain(), Some(help.to_owned()))
            }
            _ => (Code::TemplateError, plain(), None),
        }
    }
}

/// Returns a syntax error at the mark that is not closed, if that is the cause: the mark comes before the place where
/// MiniJinja gave up.
fn at_the_opening(error: Diagnostic, map: &SourceMap) -> Diagnostic {
    let Place::Span(place) = error.place else { return error };
    let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    match unclosed::first(&map.text(place.file)) {
        Some(found) if clip(found.at) <= place.start => {
            let (start, end) = (clip(found.at), clip(found.at + found.len));
            Diagnostic::new(error.code, found.message).at(Span { start, end, ..place }).help(found.help)
        }
        _ => error,
    }
}

/// Returns the name that the error message quotes.
fn quoted(error: &Error) -> Option<&str> {
    error.detail()?.split(['"', '\'']).nth(1)
}

/// Lowercases the first letter, because messages start with a lower-case letter.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Returns the span of an error in its file: the expression if MiniJinja reports one, else the whole line.
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
