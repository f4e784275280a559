//! Inserts pictures into a group, beside one that is there.
//!
//! In: the place of a name in `images` of a `pictures-group`, and names. Out: rows behind or before the row of that name, or items behind
//! or before the item, in the style of the list.

use std::ops::Range;

use super::{Edit, end, is_flow, row_lines};
use crate::source::yaml::Node;

/// The side of an item on which others are inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Before the item.
    Before,
    /// Behind the item.
    Behind,
}

impl Edit {
    /// Inserts rows of values beside the row that holds the name at this place; in a list without rows, the values themselves. Each value
    /// is a list of lines.
    ///
    /// # Errors
    /// If the list cannot be edited; as the rest of a sentence that begins with "the list".
    pub fn insert(&mut self, at: &Range<usize>, beside: Beside, rows: &[Vec<Vec<String>>]) -> Result<(), &'static str> {
        let (list, item) = self.item_around(at).ok_or("is written in an unusual way")?;
        let values: Vec<String> = match item.list() {
            Some(_) => rows.iter().map(|row| row_lines(row).join("\n")).collect(),
            None => rows.iter().flatten().map(|lines| lines.join("\n")).collect(),
        };
        let change = match is_flow(&self.text, &list) {
            true if values.iter().any(|value| value.contains('\n')) => return Err("is written in an unusual way"),
            true => self.in_flow(&item, beside, &values),
            false => self.in_block(&item, beside, &values)?,
        };
        self.changed.push("sections".to_owned());
        self.changes.push(change);
        Ok(())
    }

    /// Returns the list `images` that contains a place, and the item of it that does.
    fn item_around(&self, at: &Range<usize>) -> Option<(Node, Node)> {
        let around = |node: &&Node| node.span.start as usize <= at.start && at.end <= end(&self.text, node);
        let sections = self.entries.iter().find(|entry| entry.key == "sections")?.value.list()?;
        let section = sections.iter().find(around)?.map()?;
        let list = &section.iter().find(|entry| &*entry.key == "images")?.node;
        let item = list.list()?.iter().find(around)?;
        Some((list.clone(), item.clone()))
    }

    fn in_flow(&self, item: &Node, beside: Beside, values: &[String]) -> (Range<usize>, String) {
        let values = values.join(", ");
        match beside {
            Beside::Before => (item.span.start as usize..item.span.start as usize, format!("{values}, ")),
            Beside::Behind => {
                let at = end(&self.text, item);
                (at..at, format!(", {values}"))
            }
        }
    }

    fn in_block(&self, item: &Node, beside: Beside, values: &[String]) -> Result<(Range<usize>, String), &'static str> {
        let dash = self.text[..item.span.start as usize].rfind('-').ok_or("is written in an unusual way")?;
        let line = self.text[..dash].rfind('\n').map_or(0, |at| at + 1);
        let indent = &self.text[line..dash];
        if !indent.bytes().all(|byte| byte == b' ') {
            // `- - a.jpg`: a line before this one would belong to the list around.
            return Err("is written in an unusual way");
        }
        let newline = self.newline;
        let values = values.iter().map(|value| value.replace('\n', &format!("{newline}{indent}  ")));
        Ok(match beside {
            Beside::Before => (line..line, values.map(|value| format!("{indent}- {value}{newline}")).collect()),
            Beside::Behind => {
                let end = end(&self.text, item);
                let at = self.text[end..].find(['\n', '\r']).map_or(self.text.len(), |length| end + length);
                (at..at, values.map(|value| format!("{newline}{indent}- {value}")).collect())
            }
        })
    }
}
