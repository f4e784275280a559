//! Errors whose cause is a quote or bracket far above the place where the parser noticed it.
//!
//! In: the text, and the parser's error. Out: the opening quote or bracket, if that is the cause.

use granit_parser::ErrorKind as K;

use super::cause::SyntaxCause;
use super::scan::{Bracket, Marks, comment_after, line_end};

pub(super) const CLOSE_QUOTE: &str = "close the quote, or double a `'` inside `'..'`";
pub(super) const CLOSE_LIST: &str = "separate its items with `,` and end it with `]`";
pub(super) const CLOSE_MAP: &str = "separate its entries with `,` and end it with `}`";

/// Returns the quote or bracket that caused the error at `at`.
pub(super) fn cause(text: &str, at: usize, kind: &K) -> Option<SyntaxCause> {
    match kind {
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => stretched_quote(text, at),
        K::InvalidQuotedScalarIndent | K::DocumentIndicatorInQuotedScalar => open_quote(text, at),
        K::UnclosedFlowCollection { .. }
        | K::UnexpectedEofFlowSequence
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping
        | K::ExpectedFlowSequenceSeparator
        | K::ExpectedFlowMappingSeparator
        | K::InvalidFlowScalarIndent
        | K::InvalidIndentation
        | K::BlockEntryInFlowCollection
        | K::InvalidColonPlacement
        | K::MappingValueNotAllowed
        | K::SimpleKeyExpected
        | K::InvalidSimpleKey => bracket(text, at),
        _ => None,
    }
}

/// Returns the quote of a text that ends before `at`, if it began in a line above: text follows, so the quote at its end
/// was meant to open the next text.
fn stretched_quote(text: &str, at: usize) -> Option<SyntaxCause> {
    let quoted = Marks::before(text, at).quoted?;
    let end = quoted.end.filter(|&end| end < at && text[quoted.start..end].contains('\n'))?;
    let related = Some((end, "the text in quotes ends here"));
    Some(SyntaxCause { at: quoted.start, message: "unclosed quote".to_owned(), help: CLOSE_QUOTE.to_owned(), related })
}

/// Returns the quote of the text that contains `at`.
fn open_quote(text: &str, at: usize) -> Option<SyntaxCause> {
    let quoted = Marks::before(text, at).quoted.filter(|quoted| quoted.end.is_none_or(|end| end >= at))?;
    let help = "close the quote, or indent all lines of the text more than its key".to_owned();
    Some(SyntaxCause { at: quoted.start, message: "unclosed quote".to_owned(), help, related: None })
}

/// Returns the innermost bracket that is open at `at`. If it is closed in its own line, only a separator is missing.
fn bracket(text: &str, at: usize) -> Option<SyntaxCause> {
    // The place may be that of the bracket itself.
    let end = at + usize::from(text[at..].starts_with(['[', '{']));
    let Bracket { at: opening, sign } = *Marks::before(text, end).brackets.last()?;
    let (kind, close, help) = match sign {
        '[' => ("list `[..]`", ']', CLOSE_LIST),
        _ => ("map `{..}`", '}', CLOSE_MAP),
    };
    let end = line_end(text, opening);
    let is_closed = at <= end && text[at..end].contains(close);
    if let Some(comment) = comment_after(text, opening) {
        let help = "put text that contains ` #` in quotes, or move the comment to a line of its own".to_owned();
        let related = Some((comment, "a comment begins here"));
        return Some(SyntaxCause { at: opening, message: format!("unclosed {kind}"), help, related });
    }
    let (at, message) = match is_closed {
        true => (at, format!("unexpected text in the {kind}")),
        false => (opening, format!("unclosed {kind}")),
    };
    Some(SyntaxCause { at, message, help: help.to_owned(), related: None })
}
