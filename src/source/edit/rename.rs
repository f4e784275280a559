//! Changes the name of a file where settings name it.
//!
//! In: the place of the name. Out: the same file with the other name, in the same kind of quotation marks.

use std::ops::Range;

use super::{Edit, place_of};
use crate::source::quoted;
use crate::source::yaml::{Node, Value};

impl Edit {
    /// Replaces the name `old` at this place by `new`.
    ///
    /// # Errors
    /// If the name is not there any more; as the rest of a sentence that begins with "the file".
    pub fn rename(&mut self, place: Range<usize>, old: &str, new: &str) -> Result<(), &'static str> {
        if !self.entries.iter().any(|entry| holds(&entry.value, &place, old)) {
            return Err("was changed meanwhile");
        }
        self.changes.push((place.clone(), renamed_text(&self.text[place.clone()], new)));
        self.known.renamed.push((place, new.to_owned()));
        Ok(())
    }
}

/// Returns a name as YAML, in the quotation marks of the name that is `written`.
pub(super) fn renamed_text(written: &str, new: &str) -> String {
    let plain = quoted(new);
    match written.chars().next() {
        Some('\'') if plain == new && !new.contains('\'') => format!("'{new}'"),
        Some('"') if plain == new => format!("\"{new}\""),
        _ => plain,
    }
}

/// Returns whether a scalar with this text is at this place.
fn holds(node: &Node, place: &Range<usize>, text: &str) -> bool {
    match &*node.value {
        Value::Scalar(scalar) => place_of(node) == *place && scalar.text == text,
        Value::List(items) => items.iter().any(|item| holds(item, place, text)),
        Value::Map(entries) => entries.iter().any(|entry| holds(&entry.node, place, text)),
    }
}
