//! The format for people: the message, the source lines with carets and labels, and the cure.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::escape::escape;
use super::location::{place, word};
use super::snippet::{Snippet, snippet};
use super::wrap::wrap;
use crate::diagnostic::{Diagnostic, Place, Position, Report, Severity};

/// The styles of one diagnostic; plain ones print nothing.
struct Styles {
    bold: Style,
    frame: Style,
    accent: Style,
    help: Style,
}

impl Styles {
    fn new(severity: Severity, color: bool) -> Self {
        let style = |style: Style| if color { style } else { Style::new() };
        let bold = |color: AnsiColor| style(color.on_default().bold());
        let accent = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
        };
        let (bold_alone, frame) = (style(Style::new().bold()), bold(AnsiColor::Blue));
        Self { bold: bold_alone, frame, accent: bold(accent), help: bold(AnsiColor::Cyan) }
    }
}

/// Prints one diagnostic; texts are wrapped at `width` columns.
pub(super) fn print(
    report: &Report,
    diagnostic: &Diagnostic,
    color: bool,
    width: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let styles = Styles::new(diagnostic.severity, color);
    header(report, diagnostic, &styles, width, out)?;
    let margin = marks(report, diagnostic, &styles, out)?;
    if let Some(help) = &diagnostic.help {
        note("help", help, margin, &styles, width, out)?;
    }
    if let Some(cause) = &diagnostic.cause {
        note("cause", cause, margin, &styles, width, out)?;
    }
    Ok(())
}

/// `path:line:column: error[code]: message`.
fn header(
    report: &Report,
    diagnostic: &Diagnostic,
    styles: &Styles,
    width: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Styles { bold, accent, .. } = styles;
    let location = place(report, diagnostic);
    let mut before = String::new();
    if let Some(path) = location.path {
        before = format!("{}:", escape(&report.shown(path)));
        if let Some((line, column, _)) = location.position {
            before += &format!("{line}:{column}:");
        }
        write!(out, "{bold}{before}{bold:#} ")?;
        before.push(' ');
    }
    let word = format!("{}[{}]:", word(diagnostic.severity), diagnostic.code);
    before += &word;
    let message = wrap(&escape(&diagnostic.message), &format!("{before} "), "    ", width);
    writeln!(out, "{accent}{word}{accent:#} {bold}{message}{bold:#}")
}

/// `help: text`, beside the frame of the source lines if there are any.
fn note(
    name: &str,
    text: &str,
    margin: usize,
    styles: &Styles,
    width: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Styles { frame, help, .. } = styles;
    let blank = if margin > 0 { margin + 3 } else { 0 } + name.len() + 2;
    let blank = " ".repeat(blank);
    let text = wrap(&escape(text), &blank, &blank, width);
    if margin > 0 {
        write!(out, "{:margin$} {frame}={frame:#} ", "")?;
    }
    writeln!(out, "{help}{name}:{help:#} {text}")
}

/// A place in a source line that is to be marked.
struct Mark<'a> {
    position: Position<'a>,
    label: Option<&'static str>,
    is_primary: bool,
}

/// Prints the source lines of all places: those of the first file in the order of their lines, then those of other files below their
/// path. Gives the width of the line numbers, 0 if there are none.
fn marks(report: &Report, diagnostic: &Diagnostic, styles: &Styles, out: &mut dyn Write) -> io::Result<usize> {
    let mut marks = Vec::new();
    if let Place::Span(span) = diagnostic.place {
        marks.push(Mark { position: report.map.position(span), label: diagnostic.primary_label(), is_primary: true });
    }
    marks.extend(diagnostic.related().iter().map(|related| Mark {
        position: report.map.position(related.span),
        label: Some(related.label),
        is_primary: false,
    }));
    let margin = marks.iter().map(|mark| mark.position.line.to_string().len()).max().unwrap_or(0);
    let first = marks.iter().find(|mark| mark.is_primary).map(|mark| mark.position.path);
    let (mut here, elsewhere): (Vec<_>, Vec<_>) = marks.into_iter().partition(|mark| Some(mark.position.path) == first);
    here.sort_by_key(|mark| (mark.position.line, mark.position.column));
    let mut previous: Option<(usize, String)> = None;
    for mark in &here {
        if previous.as_ref().is_some_and(|(line, _)| line + 1 < mark.position.line) {
            writeln!(out, "{0}...{0:#}", styles.frame)?;
        }
        let snippet = snippet(&mark.position);
        let shown = (mark.position.line, snippet.line.clone());
        // A long line is cut around each of its places, so that two places may show two pieces of it.
        source_line(mark, &snippet, margin, previous.as_ref() != Some(&shown), styles, out)?;
        previous = Some(shown);
    }
    for mark in &elsewhere {
        let Position { path, line, column, .. } = &mark.position;
        let frame = styles.frame;
        writeln!(out, "{:margin$}{frame}-->{frame:#} {}:{line}:{column}", "", escape(&report.shown(path)))?;
        source_line(mark, &snippet(&mark.position), margin, true, styles, out)?;
    }
    Ok(margin)
}

/// Prints a source line, unless it has just been printed, and the mark of the place below it.
fn source_line(
    mark: &Mark<'_>,
    snippet: &Snippet,
    margin: usize,
    is_new: bool,
    styles: &Styles,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Styles { frame, accent, .. } = styles;
    let Snippet { line, before, marked } = snippet;
    if is_new {
        writeln!(out, "{frame}{:>margin$} |{frame:#} {line}", mark.position.line)?;
    }
    let (style, sign) = if mark.is_primary { (accent, "^") } else { (frame, "-") };
    let label = mark.label.map_or(String::new(), |label| format!(" {label}"));
    let (indent, signs) = (" ".repeat(*before), sign.repeat(*marked));
    writeln!(out, "{:margin$} {frame}|{frame:#} {indent}{style}{signs}{label}{style:#}", "")
}
