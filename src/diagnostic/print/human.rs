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
    let cells: Vec<(usize, String, usize)> =
        position.text.char_indices().map(|(at, c)| (at, show(c), width(c))).collect();
    let inside = |range: &Range<usize>| {
        let first = cells.iter().position(|(at, ..)| *at >= range.start).unwrap_or(cells.len());
        let after = cells.iter().position(|(at, ..)| *at >= range.end).unwrap_or(cells.len());
        first..after.max(first)
    };
    let marked = inside(&position.range);
    let columns = |cells: &[(usize, String, usize)]| cells.iter().map(|(_, _, width)| width).sum::<usize>();

    // A long line is cut so that what comes before the place takes at most a third of the columns.
    let mut start = 0;
    if columns(&cells) > COLUMNS {
        start = marked.start;
        let mut room = COLUMNS / 3;
        while start > 0 && cells[start - 1].2 <= room {
            start -= 1;
            room -= cells[start].2;
        }
    }
    let mut end = start;
    let mut room = COLUMNS;
    while end < cells.len() && cells[end].2 <= room {
        room -= cells[end].2;
        end += 1;
    }
    let text: String = cells[start..end].iter().map(|(_, text, _)| text.as_str()).collect();
    let (left, right) = (if start > 0 { "..." } else { "" }, if end < cells.len() { "..." } else { "" });
    let first = marked.start.clamp(start, end);
    Snippet {
        line: format!("{left}{text}{right}"),
        before: left.len() + columns(&cells[start..first]),
        marked: columns(&cells[first..marked.end.clamp(first, end)]).max(1),
    }
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
