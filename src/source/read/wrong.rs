//! Reports about values that are read, but cannot be used as written.
//!
//! In: a value, and what was expected. Out: a diagnostic at the value, or at a part of it.

use super::{Reader, markup};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::source::yaml::Node;

impl Reader {
    /// Reports a value of the wrong type.
    pub(super) fn wrong(&mut self, name: &str, expected: &str, node: &Node, help: &str) {
        let message = format!("expected {expected} for `{name}`, found {}", node.describe());
        self.push(Diagnostic::new(Code::SettingsInvalidValue, message).at(node.span).help(help));
    }

    /// Warns about a mistake in the HTML of a text.
    pub(super) fn check_markup(&mut self, text: &str, span: Span) {
        if !text.contains('<') {
            return;
        }
        let Some(flaw) = markup::flaw(text) else { return };
        // Escapes and line breaks change the distance to the start of the text, but not the tag.
        let written = self.written_at(span);
        let tag = written.match_indices(flaw.tag).nth(flaw.before).map(|(at, tag)| (at, tag.len()));
        let span = tag.map_or(span, |(at, length)| {
            let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let start = span.start.saturating_add(clip(at));
            Span { start, end: start.saturating_add(clip(length)), ..span }
        });
        self.report(Code::SettingsMarkup, span, flaw.message, flaw.help);
    }

    /// Returns the characters of the file at this place.
    pub(super) fn written_at(&self, span: Span) -> &str {
        self.written.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}
