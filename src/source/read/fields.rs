//! Entries of a map: readers ask for each key by name, and keys that the table of the map does not list are reported as unknown.
//!
//! A reader can ask only for keys of the table, and has to ask for all of them: debug builds panic otherwise, so that the table, which
//! is also the schema for editors, is complete.

use std::rc::Rc;

use super::{LIMIT, Reader, synonyms};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::source::Spanned;
use crate::source::keys::Table;
use crate::source::suggest::nearest;
use crate::source::yaml::{Node, YamlEntry};

/// Keys that protect content from the public.
const PROTECTING: [&str; 2] = ["password", "protect"];

/// A map that is being read.
pub(super) struct MapFields<'r, 'n> {
    pub(super) reader: &'r mut Reader,
    /// Position of the map.
    pub(super) span: Span,
    entries: &'n [YamlEntry],
    table: &'static Table,
    asked: Vec<&'static str>,
}

impl Reader {
    /// Reads `node` as a map with the keys of `table`; anything else is reported as the wrong type for `name`.
    pub(super) fn fields<'n>(
        &mut self,
        name: &str,
        table: &'static Table,
        node: &'n Node,
    ) -> Option<MapFields<'_, 'n>> {
        let Some(entries) = node.map() else {
            let glued =
                node.scalar().and_then(|scalar| scalar.text.split_once(':')).filter(|(_, value)| !value.is_empty());
            let help = match glued {
                Some((key, value)) => {
                    format!("write a space after `:`, as in `{}: {}`", shortened(key), shortened(value))
                }
                None => format!("write keys and values below `{name}:`, indented"),
            };
            self.wrong(name, "a map", node, &help);
            return None;
        };
        Some(MapFields { reader: self, span: node.span, entries, table, asked: Vec::new() })
    }
}

impl<'n> MapFields<'_, 'n> {
    /// Replaces the table, when it becomes known which one it is. Keys that were asked for stay so.
    pub(super) fn switch(&mut self, table: &'static Table) {
        self.table = table;
    }

    /// Returns the entry with this key; `None` if the key is missing or has no value.
    pub(super) fn take(&mut self, key: &'static str) -> Option<&'n YamlEntry> {
        debug_assert!(self.table.names().any(|name| name == key), "`{key}` is not in the table of its map");
        self.asked.push(key);
        self.entry(key).filter(|entry| !entry.node.is_null())
    }

    /// Returns the entry with this key; reports a missing key or value.
    pub(super) fn require(&mut self, key: &'static str, help: &str) -> Option<&'n YamlEntry> {
        let found = self.take(key);
        if found.is_none() {
            match self.entry(key) {
                Some(entry) => {
                    self.reader.report(Code::SettingsMissingKey, entry.key_span, format!("`{key}` is empty"), help);
                }
                None => {
                    self.reader.report(Code::SettingsMissingKey, self.span, format!("missing key `{key}`"), help);
                }
            }
        }
        found
    }

    /// Returns the entry with this key, even if it has no value.
    pub(super) fn entry(&self, key: &str) -> Option<&'n YamlEntry> {
        self.entries.iter().find(|entry| &*entry.key == key)
    }

    /// Reads a text.
    pub(super) fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let entry = self.take(key)?;
        self.reader.text(key, &entry.node)
    }

    /// Reads a boolean.
    pub(super) fn boolean(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        let entry = self.take(key)?;
        self.reader.boolean(key, &entry.node)
    }

    /// Returns the entries that are not in the table.
    pub(super) fn rest(&self) -> impl Iterator<Item = &'n YamlEntry> {
        let known: Vec<&str> = self.table.names().collect();
        self.entries.iter().filter(move |entry| !known.contains(&&*entry.key))
    }

    /// Warns about every key that is not in the table. `explain_misplaced` may recognise a key from another place;
    /// it returns the message, instead of "unknown key", and the help.
    pub(super) fn finish(self, explain_misplaced: impl Fn(&str) -> Option<(String, String)>) {
        debug_assert!(
            self.table.names().all(|name| self.asked.contains(&name)),
            "not all keys are read: {:?}",
            self.table
        );
        let templates = self.reader.templates.is_some();
        let warnings: Vec<Diagnostic> = self
            .rest()
            .enumerate()
            .filter_map(|(index, entry)| {
                Some(match (explain_misplaced(&entry.key), self.protecting(&entry.key)) {
                    (Some((message, help)), _) => {
                        Diagnostic::new(Code::SettingsMisplacedKey, message).at(entry.key_span).help(help)
                    }
                    // Templates may use any key, so only probable misspellings are reported.
                    (None, Some(near)) => unprotected(&entry.key, near).at(entry.key_span),
                    (None, None) if templates && (index >= LIMIT || self.near(&entry.key).is_none()) => return None,
                    (None, None) if index < LIMIT => {
                        let cut = self.cut_text(entry);
                        cut.unwrap_or_else(|| self.unknown(&entry.key)).at(entry.key_span)
                    }
                    // These warnings are only counted: nobody reads so many suggestions, and computing them is slow.
                    (None, None) => Diagnostic::new(Code::SettingsUnknownKey, "unknown key").at(entry.key_span),
                })
            })
            .collect();
        self.reader.problems.extend(warnings);
    }

    /// Returns whether an unknown key is probably a misspelling of this one. Comparing with one word first is fast.
    pub(super) fn is_near(&self, key: &str, meant: &str) -> bool {
        nearest(key, [meant]).is_some() && self.near(key) == Some(meant)
    }

    fn near(&self, key: &str) -> Option<&'static str> {
        nearest(key, self.table.names())
    }

    /// Returns the protecting key that an unknown key was probably meant to be, unless that key is there. Most keys are
    /// compared with two words only, because there may be very many of them.
    fn protecting(&self, key: &str) -> Option<&'static str> {
        nearest(key, PROTECTING)?;
        self.near(key).filter(|near| PROTECTING.contains(near) && !self.is_given(near))
    }

    fn is_given(&self, key: &str) -> bool {
        self.entry(key).is_some_and(|entry| !entry.node.is_null())
    }

    /// Recognises the second part of a text with a comma: in `{name: a.jpg, text: one, two}`, YAML reads `two` as a key.
    fn cut_text(&self, entry: &YamlEntry) -> Option<Diagnostic> {
        let after = self.reader.written.get(entry.key_span.end as usize..)?.trim_start();
        if !entry.node.is_null() || !after.starts_with([',', '}']) {
            return None;
        }
        let message = format!("`{}` is no part of the text: a text without quotes ends at `,`", shortened(&entry.key));
        let help = "put text that contains `,` in quotes: `text: \"one, two\"`";
        Some(Diagnostic::new(Code::SettingsUnknownKey, message).help(help))
    }

    fn unknown(&self, key: &Rc<str>) -> Diagnostic {
        let warning = Diagnostic::new(Code::SettingsUnknownKey, format!("unknown key `{}`", shortened(key)));
        let unused: Vec<&'static str> = self.table.names().filter(|name| !self.is_given(name)).collect();
        match (self.near(key), synonyms::advice(key, &unused)) {
            (Some(near), _) if self.is_given(near) => warning.help(format!("remove it: `{near}` is already set")),
            (Some(near), _) => warning.help(format!("did you mean `{near}`?")),
            (None, Some(advice)) => warning.help(advice),
            (None, None) if self.table.keys().count() <= 12 => {
                let known: Vec<String> = self.table.names().map(|key| format!("`{key}`")).collect();
                warning.help(format!("known keys here: {}", known.join(", ")))
            }
            (None, None) => warning.help("remove it; docs/configuration.md lists all keys"),
        }
    }
}

/// Describes a misspelled key that would make protected pages public.
fn unprotected(key: &str, near: &str) -> Diagnostic {
    Diagnostic::new(
        Code::PasswordUnknownKey,
        format!("unknown key `{}`: without a valid key, the pages would be public", shortened(key)),
    )
    .help(format!("did you mean `{near}`?"))
}

/// Cuts a text that is too long for a message.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_owned(),
    }
}
