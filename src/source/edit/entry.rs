//! Takes the entries of a picture out of the settings, and gives them back as text.
//!
//! In: names of files. Out: the items of groups and the sections that show such a file, as lines with everything that their author wrote,
//! or settings without them. Comments beside an entry stay where they are; comments inside it go with it.

use std::ops::Range;

use super::rename::renamed_text;
use super::{Edit, Rewritten, end, is_flow, parse, place_of, same};
use crate::source::yaml::Node;

/// Types of sections that consist of one picture.
const OF_ONE_PICTURE: [&str; 3] = ["bordered-picture", "full-picture", "panorama"];

/// Reason for not editing.
const UNUSUAL: &str = "is written in an unusual way";

/// An entry of a picture, as lines of YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsEntry {
    /// An item in the rows of a group.
    Item(Vec<String>),
    /// A section.
    Section(Vec<String>),
}

impl Edit {
    /// Returns the entries of the file with one of these names, with the name `new` instead; `None` if one of them cannot be copied.
    #[must_use]
    pub fn entries_of(&self, names: &[&str], new: &str) -> Option<Vec<SettingsEntry>> {
        let sections = self.entries.iter().find(|entry| entry.key == "sections").and_then(|entry| entry.value.list());
        let sections = sections.unwrap_or_default().iter();
        sections.flat_map(|section| self.in_section(section, names, new)).collect()
    }

    fn in_section(&self, section: &Node, names: &[&str], new: &str) -> Vec<Option<SettingsEntry>> {
        if let Some(picture) = only_picture(section).filter(|picture| is_named(picture, names)) {
            return vec![self.copied(section, picture, new).map(SettingsEntry::Section)];
        }
        let items = rows(section).iter().flat_map(|row| row.list().unwrap_or(std::slice::from_ref(row)));
        let items = items.filter(|item| is_named(item, names));
        items.map(|item| self.copied(item, item, new).map(SettingsEntry::Item)).collect()
    }

    /// Returns the places of entries that were taken out.
    #[must_use]
    pub fn taken_out(&self) -> &[Range<usize>] {
        &self.known.gone
    }

    /// Returns the lines of a value, with another name of the picture in it; `None` if they mean something else elsewhere.
    fn copied(&self, node: &Node, picture: &Node, new: &str) -> Option<Vec<String>> {
        let (text, name) = (self.written(node), name_of(picture)?);
        let (start, place) = (node.span.start as usize, place_of(name));
        let written = text.get(place.start.checked_sub(start)?..place.end.checked_sub(start)?)?;
        let renamed = renamed_text(written, new);
        let text = format!("{}{renamed}{}", &text[..place.start - start], &text[place.end - start..]);
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let indent = self.text[line..start].chars().count();
        let dedented = |line: &str| {
            let blank = line.len() - line.trim_start_matches(' ').len();
            line[blank.min(indent)..].to_owned()
        };
        let lines = text.lines().enumerate().map(|(at, line)| if at == 0 { line.to_owned() } else { dedented(line) });
        let lines: Vec<String> = lines.collect();
        let known = Rewritten { renamed: vec![(place, new.to_owned())], gone: Vec::new() };
        parse(&lines.join("\n")).filter(|copy| same(copy, node, &known)).map(|_| lines)
    }

    /// Returns the text of a value, without a line end.
    fn written(&self, node: &Node) -> &str {
        self.text.get(node.span.start as usize..end(&self.text, node)).unwrap_or_default().trim_end()
    }

    /// Removes the entries of files with these names from the sections.
    ///
    /// # Errors
    /// If an entry cannot be removed; as the rest of a sentence that begins with "the file".
    pub fn take_out(&mut self, names: &[&str]) -> Result<(), &'static str> {
        let Some(entry) = self.entries.iter().find(|entry| entry.key == "sections") else { return Ok(()) };
        let (list, key) = (entry.value.clone(), entry.place.start + entry.key.len());
        let sections = list.list().unwrap_or_default();
        let is_gone = |section: &Node| is_gone(section, names);
        if is_flow(&self.text, &list) {
            return if sections.iter().any(is_gone) { Err(UNUSUAL) } else { self.take_out_rows(sections, names) };
        }
        self.remove(&list, &is_gone)?;
        if !sections.is_empty() && sections.iter().all(is_gone) {
            let colon = self.text[key..].find(':').map(|at| key + at + 1).ok_or(UNUSUAL)?;
            self.changes.push((colon..colon, " []".to_owned()));
        }
        self.take_out_rows(sections, names)
    }

    fn take_out_rows(&mut self, sections: &[Node], names: &[&str]) -> Result<(), &'static str> {
        for section in sections.iter().filter(|section| !is_gone(section, names)) {
            let Some(images) = images(section) else { continue };
            let is_gone = |row: &Node| is_row_gone(row, names);
            self.remove(images, &is_gone)?;
            for row in rows(section).iter().filter(|row| row.list().is_some() && !is_gone(row)) {
                self.remove(row, &|item| is_named(item, names))?;
            }
        }
        Ok(())
    }

    /// Removes items of a list.
    fn remove(&mut self, list: &Node, is_gone: &dyn Fn(&Node) -> bool) -> Result<(), &'static str> {
        let items = list.list().unwrap_or_default();
        let mut kept = None;
        for (at, item) in items.iter().enumerate() {
            if !is_gone(item) {
                kept = Some(item);
                continue;
            }
            let change = match is_flow(&self.text, list) {
                true => (
                    self.in_flow_list(kept.and(items.get(at.wrapping_sub(1))), item, items.get(at + 1))?,
                    String::new(),
                ),
                false => self.in_block_list(item, items.get(at + 1))?,
            };
            self.changes.push(change);
            self.known.gone.push(place_of(item));
        }
        Ok(())
    }

    /// Returns the range of an item in `[…]` and the comma beside it.
    fn in_flow_list(
        &self,
        before: Option<&Node>,
        item: &Node,
        next: Option<&Node>,
    ) -> Result<Range<usize>, &'static str> {
        let (start, last) = (item.span.start as usize, end(&self.text, item));
        let (range, between) = match (before, next) {
            (Some(before), _) => (end(&self.text, before)..last, end(&self.text, before)..start),
            (None, Some(next)) => (start..next.span.start as usize, last..next.span.start as usize),
            (None, None) => (start..last, start..start),
        };
        if self.text[between].contains('#') { Err(UNUSUAL) } else { Ok(range) }
    }

    /// Returns the range of an item with its dash, and the comment behind the item.
    fn in_block_list(&self, item: &Node, next: Option<&Node>) -> Result<(Range<usize>, String), &'static str> {
        let start = item.span.start as usize;
        let last = start + self.written(item).len();
        let dash = self.text[..start].rfind('-').ok_or(UNUSUAL)?;
        let line = self.text[..dash].rfind('\n').map_or(0, |at| at + 1);
        let indent = &self.text[line..dash];
        if !indent.bytes().all(|byte| byte == b' ') {
            // `- - a.jpg`: the next item takes the place behind the dash of the list around.
            let next = next.and_then(|next| self.text[..next.span.start as usize].rfind('-')).ok_or(UNUSUAL)?;
            let is_blank = self.text.get(last..next).is_some_and(|between| between.trim().is_empty());
            return if is_blank { Ok((dash..next, String::new())) } else { Err(UNUSUAL) };
        }
        let rest = &self.text[last..];
        let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let comment = rest[..length].trim();
        match comment.is_empty() {
            true => Ok((line..last + length, String::new())),
            false if comment.starts_with('#') => {
                Ok((line..last + length, format!("{indent}{}", rest[..length].trim_start())))
            }
            false => Err(UNUSUAL),
        }
    }
}

/// Returns whether a section shows nothing but files with these names.
fn is_gone(section: &Node, names: &[&str]) -> bool {
    let rows = rows(section);
    only_picture(section).is_some_and(|picture| is_named(picture, names))
        || !rows.is_empty() && rows.iter().all(|row| is_row_gone(row, names))
}

/// Returns whether a row, or an item in the place of a row, consists of files with these names.
fn is_row_gone(row: &Node, names: &[&str]) -> bool {
    match row.list() {
        Some(items) => !items.is_empty() && items.iter().all(|item| is_named(item, names)),
        None => is_named(row, names),
    }
}

fn is_named(picture: &Node, names: &[&str]) -> bool {
    name_of(picture).and_then(Node::scalar).is_some_and(|name| names.contains(&name.text.as_str()))
}

/// Returns the name of a picture: the value itself, or its `name`.
fn name_of(picture: &Node) -> Option<&Node> {
    match picture.map() {
        Some(entries) => entries.iter().find(|entry| &*entry.key == "name").map(|entry| &entry.node),
        None => picture.scalar().map(|_| picture),
    }
}

/// Returns the picture of a section that consists of one. A text over the picture belongs to the story.
fn only_picture(section: &Node) -> Option<&Node> {
    let value = |key: &str| section.map()?.iter().find(|entry| &*entry.key == key).map(|entry| &entry.node);
    let kind = value("type")?.scalar()?.text.as_str();
    let has_words = kind == "full-picture" && value("text").is_some();
    value("image").filter(|_| OF_ONE_PICTURE.contains(&kind) && !has_words)
}

fn images(section: &Node) -> Option<&Node> {
    let entries = section.map()?;
    entries.iter().find(|entry| &*entry.key == "images").map(|entry| &entry.node)
}

fn rows(section: &Node) -> &[Node] {
    images(section).and_then(Node::list).unwrap_or_default()
}
