//! The part of a source line around a place, as columns of a terminal.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::escape::is_hidden;
use crate::diagnostic::Position;

/// The number of columns of a source line that are shown.
const COLUMNS: usize = 100;

/// The columns that a tab takes.
const TAB: usize = 4;

/// A source line as it is shown.
#[derive(Debug, PartialEq)]
pub(super) struct Snippet {
    pub(super) line: String,
    /// Columns before the caret.
    pub(super) before: usize,
    /// Columns of the caret, at least one.
    pub(super) marked: usize,
}

/// The part of the line around the place, tabs written out, every other control character as one column.
pub(super) fn snippet(position: &Position<'_>) -> Snippet {
    // Nothing further away than this can be shown, and a line may be a megabyte long.
    let near = near(position.text, position.range.start);
    let cells: Vec<Cell> = position.text[near.clone()]
        .char_indices()
        .map(|(at, character)| Cell { at: near.start + at, text: show(character), width: width(character) })
        .collect();
    let first_at = |byte: usize| cells.iter().position(|cell| cell.at >= byte).unwrap_or(cells.len());
    let marked = first_at(position.range.start)..first_at(position.range.end);
    let columns = |cells: &[Cell]| cells.iter().map(|cell| cell.width).sum::<usize>();

    // A long line is cut so that the text before the place takes at most a third of the columns.
    let mut start = 0;
    if near.start > 0 || columns(&cells) > COLUMNS {
        start = marked.start;
        let mut room = COLUMNS / 3;
        while start > 0 && cells[start - 1].width <= room {
            start -= 1;
            room -= cells[start].width;
        }
    }
    let mut end = start;
    let mut room = COLUMNS;
    while end < cells.len() && cells[end].width <= room {
        room -= cells[end].width;
        end += 1;
    }
    let left = if near.start + start > 0 { "..." } else { "" };
    let right = if end < cells.len() || near.end < position.text.len() { "..." } else { "" };
    let text: String = cells[start..end].iter().map(|cell| cell.text.as_str()).collect();
    let first = marked.start.clamp(start, end);
    Snippet {
        line: format!("{left}{text}{right}"),
        before: left.len() + columns(&cells[start..first]),
        marked: columns(&cells[first..marked.end.clamp(first, end)]).max(1),
    }
}

/// A character of a source line as it is shown.
struct Cell {
    /// Where it is in the line.
    at: usize,
    text: String,
    width: usize,
}

/// The bytes of `text` around `at`, whole characters.
fn near(text: &str, at: usize) -> Range<usize> {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    boundary(at.saturating_sub(COLUMNS * 4))..boundary((at + COLUMNS * 4).min(text.len()))
}

fn show(character: char) -> String {
    match character {
        '\t' => " ".repeat(TAB),
        character if character.is_control() || is_hidden(character) => '\u{fffd}'.to_string(),
        character => character.to_string(),
    }
}

fn width(character: char) -> usize {
    match character {
        '\t' => TAB,
        character if character.is_control() || is_hidden(character) => 1,
        character => character.width().unwrap_or(0),
    }
}
