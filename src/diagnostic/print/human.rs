//! For people: the message, the line it is about with a caret, and what to do.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar;

use super::escape::{escape, is_hidden};
use super::{place, word};
use crate::diagnostic::{Diagnostic, Place, Position, Report, Severity};

/// How many columns of a source line are shown.
const COLUMNS: usize = 100;

/// How far a tab goes.
const TAB: usize = 4;

pub(super) fn print(report: &Report, diagnostic: &Diagnostic, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let style = |style: Style| if color { style } else { Style::new() };
    let bold = style(Style::new().bold());
    let frame = style(AnsiColor::Blue.on_default().bold());
    let accent = style(match diagnostic.severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
    });
    let help_style = style(AnsiColor::Cyan.on_default().bold());

    let location = place(report, diagnostic);
    if let Some(path) = location.path {
        write!(out, "{bold}{}:", escape(path))?;
        if let Some((line, column, _)) = location.position {
            write!(out, "{line}:{column}:")?;
        }
        write!(out, "{bold:#} ")?;
    }
    let word = word(diagnostic.severity);
    writeln!(out, "{accent}{word}:{accent:#} {bold}{}{bold:#}", escape(&diagnostic.message))?;
    let mut margin = 0;
    if let Place::Span(span) = diagnostic.place {
        let position = report.map.position(span);
        let number = position.line.to_string();
        margin = number.len();
        let Snippet { line, before, marked } = snippet(&position);
        writeln!(out, "{frame}{number} |{frame:#} {line}")?;
        let (indent, carets) = (" ".repeat(before), "^".repeat(marked));
        writeln!(out, "{:margin$} {frame}|{frame:#} {indent}{accent}{carets}{accent:#}", "")?;
    }
    if let Some(help) = &diagnostic.help {
        let equals = if margin > 0 { format!("{:margin$} {frame}={frame:#} ", "") } else { String::new() };
        writeln!(out, "{equals}{help_style}help:{help_style:#} {}", escape(help))?;
    }
    if let Some(cause) = &diagnostic.cause {
        writeln!(out, "{help_style}cause:{help_style:#} {}", escape(cause))?;
    }
    Ok(())
}

/// A source line as it is shown.
#[derive(Debug, PartialEq)]
struct Snippet {
    line: String,
    /// Columns before the caret.
    before: usize,
    /// Columns of the caret, at least one.
    marked: usize,
}

/// The part of the line around the place, tabs written out, every other control character as one column.
fn snippet(position: &Position<'_>) -> Snippet {
    // Nothing further away than this can be shown, and a line may be a megabyte long.
    let near = near(position.text, position.range.start);
    let cells: Vec<Cell> = position.text[near.clone()]
        .char_indices()
        .map(|(at, character)| Cell { at: near.start + at, text: show(character), width: width(character) })
        .collect();
    let first_at = |byte: usize| cells.iter().position(|cell| cell.at >= byte).unwrap_or(cells.len());
    let marked = first_at(position.range.start)..first_at(position.range.end);
    let columns = |cells: &[Cell]| cells.iter().map(|cell| cell.width).sum::<usize>();

    // A long line is cut so that what comes before the place takes at most a third of the columns.
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
