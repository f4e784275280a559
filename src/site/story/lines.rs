//! A story as lines of YAML, which `init`, `autogen` and `sync` write.
//!
//! In: a [`Story`]. Out: text whose reading gives the sections of the story.

use crate::site::story::shape::{Story, StoryMedia};
use crate::source::quoted;

impl Story {
    /// Returns the value of `sections`, for a gallery with this title.
    #[must_use]
    pub fn lines(&self, title: &str) -> Vec<String> {
        let opening = self.opening.as_ref().map(|picture| self.opening_lines(picture, title));
        let group = (!self.rows.is_empty()).then(|| group_lines(&self.rows));
        let dash = |(at, line): (usize, &String)| format!("{}{line}", if at == 0 { "- " } else { "  " });
        let sections: Vec<Vec<String>> = opening.into_iter().chain(group).collect();
        sections.iter().flat_map(|lines| lines.iter().enumerate().map(dash)).collect()
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

/// Formats a group of rows as the lines of an item of `sections`.
#[must_use]
pub fn group_lines(rows: &[Vec<StoryMedia>]) -> Vec<String> {
    let row = |row: &Vec<StoryMedia>| row.iter().map(StoryMedia::line).collect::<Vec<_>>().join(", ");
    let rows = rows.iter().map(|images| format!("- [{}]", row(images)));
    ["type: pictures-group".to_owned(), "images:".to_owned()].into_iter().chain(rows).collect()
}
