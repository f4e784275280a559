//! Places in settings files: byte ranges, and the map that turns them into lines and columns.

use std::sync::Arc;

/// A file of a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in one settings file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A span in the terms of an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position<'a> {
    /// Path of the file, relative to the site.
    pub path: &'a str,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The whole line, without its line break.
    pub text: &'a str,
    /// Byte range of the span within `text`; a span over several lines ends with the first.
    pub range: std::ops::Range<usize>,
}

/// The texts of all settings files that were read.
#[derive(Debug, Default, Clone)]
pub struct SourceMap {
    files: Vec<(String, Arc<str>)>,
    /// Files that are not on disk.
    made_up: Vec<FileId>,
}

impl SourceMap {
    /// Adds a file; `path` is its name in diagnostics.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than 2^32 settings files"));
        self.files.push((path.into(), text.into()));
        id
    }

    /// Adds a text that is not on disk, such as made-up settings; `path` is where it would be.
    pub fn add_made_up(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = self.add(path, text);
        self.made_up.push(id);
        id
    }

    /// Returns whether a file is not on disk.
    #[must_use]
    pub fn is_made_up(&self, file: FileId) -> bool {
        self.made_up.contains(&file)
    }

    /// The path and the text of each file that was read from the disk.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_read = |at: &usize| !self.made_up.iter().any(|id| id.0 as usize == *at);
        let read = self.files.iter().enumerate().filter(move |(at, _)| is_read(at));
        read.map(|(_, (path, text))| (path.as_str(), &**text))
    }

    /// The path under which a file was added.
    #[must_use]
    pub fn path(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].0
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, file: FileId) -> Arc<str> {
        self.files[file.0 as usize].1.clone()
    }

    /// Line and column of the start of `span`.
    #[must_use]
    pub fn position(&self, span: Span) -> Position<'_> {
        let (path, text) = &self.files[span.file.0 as usize];
        let start = floor_char_boundary(text, span.start as usize);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[line_start..line_end].trim_end_matches('\r');
        let end =
            floor_char_boundary(text, span.end as usize).clamp(start, line_start + line.len().max(start - line_start));
        Position {
            path,
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            text: line,
            range: start - line_start..end - line_start,
        }
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
