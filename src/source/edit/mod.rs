//! Edits a settings file without rewriting it.
//!
//! In: the text of a settings file, and keys with new values. Out: the text with only those lines changed or added;
//! comments, spelling, order and line ends of the rest stay the same, byte for byte. The result is parsed again and
//! compared, so that a file with unusual syntax is refused rather than damaged.

mod entry;
mod insert;
mod rename;
mod row;

pub use entry::SettingsEntry;
pub use insert::Beside;
pub use row::{dashed, row_lines};

use std::ops::Range;

use crate::diagnostic::{Code, SourceMap};
use crate::source::keys;
use crate::source::yaml::{self, Node, Value};

/// A settings file that is being edited.
#[derive(Debug)]
pub struct Edit {
    text: String,
    newline: &'static str,
    /// Indentation of every top-level key.
    indent: String,
    entries: Vec<WrittenEntry>,
    changes: Vec<(Range<usize>, String)>,
    changed: Vec<String>,
    known: Rewritten,
}

/// Changes within values that otherwise stay the same.
#[derive(Debug, Default)]
struct Rewritten {
    /// New texts of values that were renamed, by the place of the old ones.
    renamed: Vec<(Range<usize>, String)>,
    /// Places of items that were removed from their lists.
    gone: Vec<Range<usize>>,
}

/// A top-level key as written in the file.
#[derive(Debug)]
struct WrittenEntry {
    key: String,
    /// Byte range from the key to the end of the value.
    place: Range<usize>,
    value: Node,
}

impl Edit {
    /// Parses a file for editing.
    ///
    /// # Errors
    /// The reason why the file cannot be edited, as the rest of a sentence that begins with "the file".
    pub fn new(text: &str) -> Result<Self, &'static str> {
        let tree = parse(text).ok_or("cannot be read")?;
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        if tree.is_null() {
            return Ok(Self {
                entries: Vec::new(),
                indent: String::new(),
                changes: Vec::new(),
                changed: Vec::new(),
                known: Rewritten::default(),
                newline,
                text: text.to_owned(),
            });
        }
        let entries = tree.map().ok_or("holds no keys and values")?;
        if text[tree.span.start as usize..].starts_with('{') {
            return Err("is one `{…}`; write each key on a line of its own");
        }
        if text[tree.span.end as usize..].lines().any(|line| line.starts_with("...")) {
            return Err("ends with `...`; remove that line");
        }
        let line = text[..tree.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let indent = text[line..tree.span.start as usize].to_owned();
        if !indent.bytes().all(|byte| byte == b' ') {
            return Err("begins its keys behind something else on the same line");
        }
        let entries = entries.iter().map(|entry| WrittenEntry {
            key: entry.key.to_string(),
            place: entry.key_span.start as usize..end(text, &entry.node).max(entry.key_span.end as usize),
            value: entry.node.clone(),
        });
        Ok(Self {
            entries: entries.collect(),
            indent,
            changes: Vec::new(),
            changed: Vec::new(),
            known: Rewritten::default(),
            newline,
            text: text.to_owned(),
        })
    }

    /// Returns whether a key has a value.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key && !entry.value.is_null())
    }

    /// Sets the value of a key: on the line of the key if `lines` is a single line, or else on the lines below it.
    pub fn set(&mut self, key: &str, lines: &[String]) {
        let mut value = format!("{key}:");
        match lines {
            [line] if !line.starts_with('-') => value.push_str(&format!(" {line}")),
            _ => {
                for line in lines {
                    value.push_str(&format!("{}{}{line}", self.newline, self.indent));
                }
            }
        }
        self.changed.push(key.to_owned());
        if let Some(entry) = self.entries.iter().find(|entry| entry.key == key) {
            let mut place = entry.place.clone();
            if entry.value.is_null() {
                // Replaces everything up to the end of the empty value, with the colon and any `null`.
                let rest = &self.text[place.start..];
                let line = rest.find(['\n', '\r', '#']).unwrap_or(rest.len());
                place.end = place.end.max(place.start + rest[..line].trim_end().len());
            }
            self.changes.push((place, value));
            return;
        }
        let end = self.text.len();
        let begins_line = self.text.is_empty()
            || self.text.ends_with('\n')
            || self.changes.iter().any(|(place, _)| *place == (end..end));
        let before = if begins_line { "" } else { self.newline };
        self.changes.push((end..end, format!("{before}{}{value}{}", self.indent, self.newline)));
    }

    /// Appends an item to a list; `lines` are the lines of the item, the first without its dash.
    ///
    /// # Errors
    /// The reason why the list cannot be edited, as the rest of a sentence that begins with "the list".
    pub fn push(&mut self, key: &str, lines: &[String]) -> Result<(), &'static str> {
        let Some(entry) = self.entries.iter().find(|entry| entry.key == key && !entry.value.is_null()) else {
            let dashed: Vec<String> = dashed(lines).collect();
            match self.changes.last_mut().filter(|_| self.changed.iter().any(|changed| changed == key)) {
                Some((_, value)) => {
                    // The value ends a line only if it ends the file.
                    let (before, after) = if value.ends_with('\n') { ("", self.newline) } else { (self.newline, "") };
                    value.extend(dashed.iter().map(|line| format!("{before}{}{line}{after}", self.indent)));
                }
                None => self.set(key, &dashed),
            }
            return Ok(());
        };
        let end = entry.place.end;
        let is_flow = self.text[entry.value.span.start as usize..].starts_with('[');
        let first = entry.value.list().filter(|_| !is_flow).and_then(<[Node]>::first);
        let dash = first.and_then(|first| self.text[..first.span.start as usize].rfind('-'));
        let Some(dash) = dash else { return Err("is not written with a dash for each item") };
        let line = self.text[..dash].rfind('\n').map_or(0, |at| at + 1);
        let indent = " ".repeat(self.text[line..dash].chars().count());
        let at = self.text[end..].find(['\n', '\r']).map_or(self.text.len(), |length| end + length);
        let added: String = dashed(lines).map(|line| format!("{}{indent}{line}", self.newline)).collect();
        self.changed.push(key.to_owned());
        self.changes.push((at..at, added));
        Ok(())
    }

    /// Returns the edited text.
    ///
    /// # Errors
    /// If the result would be unreadable, or would change other keys or their order; as the rest of a sentence that
    /// begins with "the file".
    pub fn finish(mut self) -> Result<String, &'static str> {
        // The sort is stable, so insertions at the same position stay in order.
        self.changes.sort_by_key(|(place, _)| place.start);
        let mut text = String::new();
        let mut at = 0;
        for (place, new) in &self.changes {
            text.push_str(self.text.get(at..place.start).ok_or("is written in an unusual way")?);
            text.push_str(new);
            at = place.end;
        }
        text.push_str(&self.text[at..]);
        let tree = parse(&text).ok_or("would not be readable any more")?;
        let map = tree.map().unwrap_or_default();
        let keeps = |entry: &WrittenEntry| {
            let now = map.iter().find(|now| *now.key == *entry.key);
            now.is_some_and(|now| self.changed.contains(&entry.key) || same(&now.node, &entry.value, &self.known))
        };
        let order =
            map.iter().map(|entry| entry.key.to_string()).filter(|key| self.entries.iter().any(|old| old.key == *key));
        if self.entries.iter().all(keeps) && order.eq(self.entries.iter().map(|entry| entry.key.clone())) {
            Ok(text)
        } else {
            Err("is written in an unusual way")
        }
    }
}

/// Returns the end of a value; the parser reports the start of the next key as the end of a list or map.
fn end(text: &str, node: &Node) -> usize {
    let own = node.span.end as usize;
    let last = match &*node.value {
        Value::Scalar(_) => return own,
        Value::Map(_) if text[node.span.start as usize..].starts_with('{') => return own,
        Value::List(_) if is_flow(text, node) => return own,
        Value::List(items) => items.last().map(|item| (item.span, end(text, item))),
        Value::Map(entries) => {
            entries.last().map(|entry| (entry.key_span, end(text, &entry.node).max(entry.key_span.end as usize)))
        }
    };
    match last {
        // The parts of an alias are elsewhere in the file.
        Some((span, end)) if span.start >= node.span.start && end <= own => end,
        _ => own,
    }
}

/// Returns whether a list is written as `[…]`. A list with dashes begins where its first item does, which may be a `[…]` itself.
fn is_flow(text: &str, list: &Node) -> bool {
    let first = list.list().and_then(<[Node]>::first).map(|first| first.span.start);
    text[list.span.start as usize..].starts_with('[') && first != Some(list.span.start)
}

fn parse(text: &str) -> Option<Node> {
    let file = SourceMap::default().add("settings.yaml", text);
    let mut problems = Vec::new();
    let tree = yaml::parse(text, file, keys::is_word, &mut problems);
    if tree.is_none() && problems.is_empty() {
        // The file contains only comments.
        return Some(Node::nothing(file));
    }
    // A comment that looks like text stays as it is.
    tree.filter(|_| problems.iter().all(|problem| problem.code == Code::YamlComment))
}

impl Rewritten {
    /// Returns the new text of a scalar, if it was renamed.
    fn new_name(&self, old: &Node) -> Option<&str> {
        self.renamed.iter().find(|(place, _)| *place == place_of(old)).map(|(_, name)| name.as_str())
    }
}

fn place_of(node: &Node) -> Range<usize> {
    node.span.start as usize..node.span.end as usize
}

/// Returns whether two values have the same meaning, apart from the changes of the `old` one that are `known`.
fn same(new: &Node, old: &Node, known: &Rewritten) -> bool {
    match (&*new.value, &*old.value) {
        (Value::Scalar(one), Value::Scalar(other)) => match known.new_name(old) {
            Some(name) => one.text == name,
            None => (&one.text, one.plain) == (&other.text, other.plain),
        },
        (Value::List(one), Value::List(other)) => {
            let kept: Vec<&Node> = other.iter().filter(|item| !known.gone.contains(&place_of(item))).collect();
            one.len() == kept.len() && one.iter().zip(kept).all(|(a, b)| same(a, b, known))
        }
        (Value::Map(one), Value::Map(other)) => {
            let equal = |a: &yaml::YamlEntry, b: &yaml::YamlEntry| a.key == b.key && same(&a.node, &b.node, known);
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| equal(a, b))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
