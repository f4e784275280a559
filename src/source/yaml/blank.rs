//! Blanks that look like spaces, but are none for YAML: no-break spaces, which keyboards and web pages produce.
//!
//! In: the text of a settings file. Out: the blank that hides a key, an item or the depth of a line from the parser.

use super::Node;
use super::cause::SyntaxCause;
use crate::diagnostic::{Code, Diagnostic, Span};

const MESSAGE: &str = "a no-break space stands where YAML needs a space";
const HELP: &str = "delete the character and type a space; pasted text often contains no-break spaces";

/// Whether a character looks like a space.
fn is_blank(c: char) -> bool {
    c != '\n' && c != '\r' && c != '\t' && c != ' ' && c.is_whitespace() || c == '\u{feff}'
}

/// Returns the last such blank at or above the line of `at`.
pub(super) fn above(text: &str, at: usize) -> Option<SyntaxCause> {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let mut start = end;
    text[..end].rsplit('\n').find_map(|line| {
        start -= line.len();
        let found = in_line(line).map(|place| cause(start + place));
        start = start.saturating_sub(1);
        found
    })
}

/// Returns an error if such a blank makes a text of what should be a key, or is a part of a key.
pub(super) fn hidden(text: &str, node: &Node) -> Option<Diagnostic> {
    let scalar = node.scalar().filter(|scalar| scalar.plain)?;
    let at = node.span.start as usize;
    let SyntaxCause { at, message, help, .. } = cause(at + in_line(&scalar.text)?);
    let end = at + text.get(at..)?.chars().next()?.len_utf8();
    let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span { file: node.span.file, start: clip(at), end: clip(end) };
    Some(Diagnostic::new(Code::YamlSyntax, message).at(span).help(help))
}

fn cause(at: usize) -> SyntaxCause {
    SyntaxCause { at, message: MESSAGE.to_owned(), help: HELP.to_owned(), related: None }
}

/// Returns the offset of the blank in the indentation of a line, after its dashes, or after its key.
fn in_line(line: &str) -> Option<usize> {
    let content = line.trim_start_matches([' ', '\t', '-']);
    let at = line.len() - content.len();
    if content.starts_with(is_blank) {
        return Some(at);
    }
    let (key, value) = content.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    (is_key && value.starts_with(is_blank)).then_some(at + key.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blank_is_found_in_its_own_line() {
        let found = |text: &str| above(text, text.len()).map(|cause| text[..cause.at].matches('\n').count() + 1);
        for (text, line) in [
            ("title:\u{a0}A\ncover: b\n", 1),
            ("a: b\n- images:\n\u{a0} - x\nc: d", 3),
            ("-\u{a0}a.jpg\n- b", 1),
            ("a:\n  - name:\u{202f}x\n    text: y\n", 2),
            ("\u{2003}\u{2003}key: x", 1),
        ] {
            assert_eq!(found(text), Some(line), "{text:?}");
        }
        for text in ["", "a: b", "text: a\u{a0}b", "text: « é\u{a0}»", "Ici\u{a0}: c", "a b:\u{a0}c", "t: x:\u{a0}y"]
        {
            assert_eq!(found(text), None, "{text:?}");
        }
    }
}
