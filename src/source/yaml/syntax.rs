//! Syntax errors in YAML, explained for people who write two such files a year.

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Code, Diagnostic, FileId, Span};

/// Converts an error of the parser to a diagnostic.
pub(super) fn diagnostic(error: &ScanError, text: &str, file: FileId) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let at = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let (message, help) = explain(error.kind());
    let (message, help, at) = if let Some(tab) = tab_near(text, at, error.kind()) {
        ("tab in the indentation".to_owned(), Some("indent with spaces; YAML does not allow tabs here"), tab)
    } else if let Some(colon) = glued_colon(text, at, error.kind()) {
        ("no space after `:`".to_owned(), Some("write `key: value`, or put text that contains `:` in quotes"), colon)
    } else {
        (message, help, at)
    };
    let end = at + text[at..].chars().next().filter(|&c| c != '\n' && c != '\r').map_or(0, char::len_utf8);
    let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let diagnostic = Diagnostic::new(code(error.kind()), message).at(Span { file, start: clip(at), end: clip(end) });
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
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
fn glued_colon(text: &str, at: usize, kind: &ErrorKind) -> Option<usize> {
    if !matches!(kind, ErrorKind::MappingValueNotAllowed | ErrorKind::SimpleKeyExpected) {
        return None;
    }
    let line_start = text[..at].rfind('\n')?;
    let above_start = text[..line_start].rfind('\n').map_or(0, |at| at + 1);
    let above = &text[above_start..line_start];
    let (key, value) = above.split_once(':')?;
    let is_key = key.trim_start_matches([' ', '-']).chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    (is_key && !key.trim().is_empty() && value.starts_with(|c: char| c.is_alphanumeric()))
        .then_some(above_start + key.len())
}

fn explain(kind: &ErrorKind) -> (String, Option<&'static str>) {
    use ErrorKind as K;
    let (message, help) = match kind {
        K::TabNotAllowed
        | K::TabInPlainScalar
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart => {
            ("tab in the indentation", Some("indent with spaces; YAML does not allow tabs here"))
        }
        K::MappingValueNotAllowed => (
            "unexpected `:`",
            Some("put text that contains `: ` in quotes; if this is a key, check its indentation and the line above"),
        ),
        K::SimpleKeyExpected | K::InvalidSimpleKey => {
            ("expected `:` after a key", Some("write `key: value`; indent text of several lines below its key"))
        }
        K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::InvalidIndentation
        | K::MappingKeyNotAllowed => (
            "the indentation does not match the lines above",
            Some("start all entries of a list or map in the same column"),
        ),
        K::BlockSequenceEntryNotAllowed => {
            ("unexpected `-`", Some("start a list on its own line below its key, with all `-` in the same column"))
        }
        K::UnclosedQuotedScalar => ("unclosed quote", Some("close the quote, or double a `'` inside `'..'`")),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => {
            ("text after a closing quote", Some("put the whole value in quotes; double a `'` inside `'..'`"))
        }
        K::UnknownQuotedScalarEscape => {
            ("unknown escape after `\\`", Some("write `\\\\` for a backslash, or use `'..'` instead of `\"..\"`"))
        }
        K::UnclosedFlowCollection { open: '[' } | K::UnexpectedEofFlowSequence | K::ExpectedFlowSequenceSeparator => {
            ("unclosed list `[..]`", Some("separate its items with `,` and end it with `]`"))
        }
        K::UnclosedFlowCollection { .. } | K::UnexpectedEofFlowMapping | K::ExpectedFlowMappingSeparator => {
            ("unclosed map `{..}`", Some("separate its entries with `,` and end it with `}`"))
        }
        K::UnexpectedCharacter { .. } | K::ExpectedNodeContent => (
            "unexpected character",
            Some("put text in quotes if it begins with one of `@ ` % & * ! | > [ ] { } , # ? -`"),
        ),
        K::UnknownAnchor => ("unknown alias", Some("put text that begins with `*` in quotes")),
        K::MissingAnchorOrAliasName => {
            ("`*` or `&` without a name", Some("put text that begins with `*` or `&` in quotes"))
        }
        K::RecursionLimitExceeded => ("lists and maps are nested too deeply", None),
        K::InvalidQuotedScalarIndent | K::InvalidFlowScalarIndent => (
            "unclosed quote above this line",
            Some("close the quote, or indent all lines of the text more than its key"),
        ),
        other => return (other.to_string().to_lowercase(), None),
    };
    (message.to_owned(), help)
}
