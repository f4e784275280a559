//! A story as lines of YAML, which `init`, `autogen` and `sync` write.
//!
//! In: a [`Story`]. Out: text whose reading gives the sections of the story.

use std::collections::BTreeMap;

use crate::site::story::shape::{Story, StoryMedia};
use crate::source::{dashed, quoted, row_lines};

/// Entries that an author wrote, as lines, by the names of their files.
pub type WrittenEntries = BTreeMap<String, Vec<String>>;

impl Story {
    /// Returns the value of `sections`, for a gallery with this title.
    #[must_use]
    pub fn lines(&self, title: &str, entries: &WrittenEntries) -> Vec<String> {
        let opening = self.opening.as_ref().map(|picture| self.opening_lines(picture, title));
        let group = (!self.rows.is_empty()).then(|| group_lines(&self.rows, entries));
        let sections: Vec<Vec<String>> = opening.into_iter().chain(group).collect();
        sections.iter().flat_map(|lines| dashed(lines)).collect()
    }

    fn opening_lines(&self, picture: &StoryMedia, title: &str) -> Vec<String> {
        let mut lines = vec!["type: full-picture".to_owned(), format!("image: {}", picture.line())];
        lines.extend(["text:".to_owned(), format!("  title: {}", quoted(title))]);
        if let Some((first, last)) = self.days {
            lines.push(format!("  date: {first}"));
            lines.extend((last != first).then(|| format!("  date_end: {last}")));
        }
        lines
    }
}

impl StoryMedia {
    /// Returns the name as a value of `cover` or an item of a row.
    #[must_use]
    pub fn line(&self) -> String {
        match self.video {
            true => format!("{{name: {}, type: video}}", quoted(&self.name)),
            false => quoted(&self.name),
        }
    }
}

/// Formats a group of rows as the lines of an item of `sections`, with the `entries` that exist instead of bare names.
#[must_use]
pub fn group_lines(rows: &[Vec<StoryMedia>], entries: &WrittenEntries) -> Vec<String> {
    let rows = written_rows(rows, entries).into_iter().flat_map(|row| dashed(&row_lines(&row)).collect::<Vec<_>>());
    ["type: pictures-group".to_owned(), "images:".to_owned()].into_iter().chain(rows).collect()
}

/// Returns the lines of each picture in rows.
#[must_use]
pub fn written_rows(rows: &[Vec<StoryMedia>], entries: &WrittenEntries) -> Vec<Vec<Vec<String>>> {
    let lines = |media: &StoryMedia| entries.get(&media.name).cloned().unwrap_or_else(|| vec![media.line()]);
    rows.iter().map(|row| row.iter().map(lines).collect()).collect()
}
