//! Syntax errors in YAML, explained for people who write two such files a year.

use granit_parser::{ErrorKind, ScanError};

use super::blank;
use super::cause::SyntaxCause;
use super::unclosed::{self, CLOSE_LIST, CLOSE_MAP, CLOSE_QUOTE};
use crate::diagnostic::{Code, Diagnostic, FileId, Span};

const TABS: &str = "indent with spaces; YAML does not allow tabs here";
const QUOTES: &str = "put text in quotes if it begins with one of `@ ` % & * ! | > [ ] { } , # ? -`";

/// Converts an error of the parser to a diagnostic.
pub(super) fn diagnostic(error: &ScanError, text: &str, file: FileId) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let at = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let kind = error.kind();
    let found = tab_near(text, at, kind)
        .map(|at| SyntaxCause {
            at,
            message: "tab in the indentation".to_owned(),
            help: TABS.to_owned(),
            related: None,
        })
        .or_else(|| blank::above(text, at))
        .or_else(|| unclosed::cause(text, at, kind))
        .or_else(|| glued_colon(text, at, kind));
    let found = found.unwrap_or_else(|| {
        let (message, help) = explain(kind);
        SyntaxCause { at, message, help: help.to_owned(), related: None }
    });
    let diagnostic = Diagnostic::new(code(kind), found.message).at(sign(text, file, found.at)).help(found.help);
    match found.related {
        Some((at, label)) => diagnostic.also(sign(text, file, at), label),
        None => diagnostic,
    }
}

/// Returns the span of the character at this offset.
fn sign(text: &str, file: FileId, at: usize) -> Span {
    let end = at + text[at..].chars().next().filter(|&c| c != '\n' && c != '\r').map_or(0, char::len_utf8);
    let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: clip(at), end: clip(end) }
}

/// Returns the code for an error of the parser.
fn code(kind: &ErrorKind) -> Code {
    use ErrorKind as K;
    match kind {
        K::TabNotAllowed
        | K::TabInPlainScalar
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::InvalidIndentation
        | K::MappingKeyNotAllowed => Code::YamlIndentation,
        K::RecursionLimitExceeded => Code::YamlTooLarge,
        _ => Code::YamlSyntax,
    }
}

/// Returns the tab that caused an error: in the indentation of this line or, if a text continues too far, of a line
/// below.
fn tab_near(text: &str, at: usize, kind: &ErrorKind) -> Option<usize> {
    let below = matches!(kind, ErrorKind::TabInPlainScalar | ErrorKind::TabAtBlockScalarStart);
    let mut line_start =
        if below { at + text[at..].find('\n')? + 1 } else { text[..at].rfind('\n').map_or(0, |at| at + 1) };
    for line in text[line_start..].split_inclusive('\n') {
        let indentation = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        if let Some(tab) = indentation.find('\t') {
            return Some(line_start + tab);
        }
        if !below {
            break;
        }
        line_start += line.len();
    }
    None
}

/// Returns the colon of `key:value` in the line above an unexpected `:`, since the parser took that line for the
/// beginning of a text.
fn glued_colon(text: &str, at: usize, kind: &ErrorKind) -> Option<SyntaxCause> {
    if !matches!(kind, ErrorKind::MappingValueNotAllowed | ErrorKind::SimpleKeyExpected) {
        return None;
    }
    let line_start = text[..at].rfind('\n')?;
    let above_start = text[..line_start].rfind('\n').map_or(0, |at| at + 1);
    let above = &text[above_start..line_start];
    let (key, value) = above.split_once(':')?;
    let is_key = key.trim_start_matches([' ', '-']).chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    let help = "write `key: value`, or put text that contains `:` in quotes".to_owned();
    let found =
        SyntaxCause { at: above_start + key.len(), message: "no space after `:`".to_owned(), help, related: None };
    (is_key && !key.trim().is_empty() && value.starts_with(|c: char| c.is_alphanumeric())).then_some(found)
}

/// Returns message and help for an error without a known cause.
fn explain(kind: &ErrorKind) -> (String, &'static str) {
    use ErrorKind as K;
    let (message, help) = match kind {
        K::TabNotAllowed
        | K::TabInPlainScalar
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart => ("tab in the indentation", TABS),
        K::MappingValueNotAllowed | K::InvalidColonPlacement => (
            "unexpected `:`",
            "put text that contains `: ` in quotes; if this is a key, check its indentation and the line above",
        ),
        K::SimpleKeyExpected | K::InvalidSimpleKey => {
            ("expected `:` after a key", "write `key: value`; indent text of several lines below its key")
        }
        K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::InvalidIndentation
        | K::MappingKeyNotAllowed => {
            ("the indentation does not match the lines above", "start all entries of a list or map in the same column")
        }
        K::BlockSequenceEntryNotAllowed | K::BlockEntryInFlowCollection => {
            ("unexpected `-`", "start a list on its own line below its key, with all `-` in the same column")
        }
        K::UnclosedQuotedScalar => ("unclosed quote", CLOSE_QUOTE),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => {
            ("text after a closing quote", "put the whole value in quotes; double a `'` inside `'..'`")
        }
        K::UnknownQuotedScalarEscape => (
            "unknown escape after `\\`",
            "write `/` between folders, `\\\\` for a backslash, or use `'..'` instead of `\"..\"`",
        ),
        K::UnclosedFlowCollection { open: '[' } | K::UnexpectedEofFlowSequence | K::ExpectedFlowSequenceSeparator => {
            ("unclosed list `[..]`", CLOSE_LIST)
        }
        K::UnclosedFlowCollection { .. } | K::UnexpectedEofFlowMapping | K::ExpectedFlowMappingSeparator => {
            ("unclosed map `{..}`", CLOSE_MAP)
        }
        K::MisplacedFlowCollectionEnd => ("a closing bracket without an opening one", QUOTES),
        K::UnexpectedCharacter { .. } | K::ExpectedNodeContent | K::PlainScalarStartsWithDashFlowIndicator => {
            ("unexpected character", QUOTES)
        }
        K::UnknownAnchor => ("unknown alias", "put text that begins with `*` in quotes"),
        K::MissingAnchorOrAliasName => ("`*` or `&` without a name", "put text that begins with `*` or `&` in quotes"),
        K::RecursionLimitExceeded => ("lists and maps are nested too deeply", "nest fewer lists and maps"),
        K::InvalidQuotedScalarIndent | K::InvalidFlowScalarIndent => {
            ("unclosed quote above this line", "close the quote, or indent all lines of the text more than its key")
        }
        K::CommentInterceptedScalar => (
            "a comment interrupts this text",
            "put the text in quotes if `#` is a part of it; otherwise move the comment to a line above the text",
        ),
        K::InvalidBlockScalarHeader => {
            ("text after `|` or `>`", "write the text into the lines below, indented more than its key")
        }
        K::CommentNotSeparated | K::ExpectedWhitespace => {
            ("no space before a comment or value", "write a space before `#`, and after `:`, `-` and `,`")
        }
        other => return (other.to_string().to_lowercase(), QUOTES),
    };
    (message.to_owned(), help)
}
