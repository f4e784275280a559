//! Comments that were probably meant as text: `photo #1 of many`.
//!
//! In: a value, its key, and the text of the file. Out: a warning, if a `#` after the value is followed directly by a
//! letter or digit. An ordinary comment has a space after its `#`. A complete value (a number, a date, a word of a
//! fixed set, the name of a file) loses nothing to a comment.

use super::{Node, Scalar};
use crate::diagnostic::{Code, Diagnostic, FileId, Span};
use crate::source::file_kind;

/// Maximum number of characters that a message repeats.
const LONGEST: usize = 40;

/// Returns a warning if a comment takes the end of the value `node` of `key`, or all of it. In a list, `key` is empty, and
/// `key_end` is in the line of the entry. `is_word` says whether the value of a key is a word of a fixed set.
pub(super) fn lost(
    text: &str,
    file: FileId,
    is_word: fn(&str) -> bool,
    key: &str,
    key_end: usize,
    node: &Node,
) -> Option<Diagnostic> {
    let scalar = node.scalar().filter(|scalar| scalar.plain)?;
    let is_empty = scalar.is_null() && node.span.start == node.span.end;
    let from = if is_empty { after_key(text, key, key_end)? } else { node.span.end as usize };
    let comment = glued(text, from)?;
    if !is_empty && (is_word(key) || is_complete(scalar)) {
        return None;
    }
    let words = short(&text[comment.clone()]);
    let (message, value) = if is_empty {
        let whose = if key.is_empty() { "this entry".to_owned() } else { format!("`{}`", short(key)) };
        (format!("`{words}` is a comment: {whose} has no value"), words)
    } else {
        let whole = &text[node.span.start as usize..comment.end];
        (format!("`{words}` is a comment, not a part of the text"), short(whole))
    };
    let value = value.replace('\\', "\\\\").replace('"', "\\\"");
    let help = format!("put text that contains ` #` in quotes: `\"{value}\"`; in comments, write a space after `#`");
    let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span { file, start: clip(comment.start), end: clip(comment.end) };
    Some(Diagnostic::new(Code::YamlComment, message).at(span).help(help))
}

/// Returns the offset after the `:` of a key, or after the `-` of an entry without a value.
fn after_key(text: &str, key: &str, key_end: usize) -> Option<usize> {
    let rest = text.get(key_end..)?;
    if !key.is_empty() {
        return rest.trim_start().starts_with(':').then(|| key_end + rest.len() - rest.trim_start().len() + 1);
    }
    let line_start = text[..key_end].rfind('\n').map_or(0, |at| at + 1);
    let line = &text[line_start..];
    let entry = line.trim_start_matches([' ', '-']);
    (entry.len() < line.len()).then(|| line_start + line.len() - entry.len() - 1)
}

/// Returns the range of a comment that follows directly, if a letter or digit follows its `#`.
fn glued(text: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let line = text.get(from..)?.lines().next()?;
    let comment = line.trim_start_matches([' ', '\t']);
    let start = from + line.len() - comment.len();
    let is_glued = comment.len() < line.len()
        && comment.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    is_glued.then(|| start..start + comment.trim_end().len())
}

/// Returns whether a value can have no further text.
fn is_complete(scalar: &Scalar) -> bool {
    let text = scalar.text.as_str();
    let is_word =
        ["true", "false", "yes", "no", "on", "off", "~", "null"].contains(&text.to_ascii_lowercase().as_str());
    let is_date = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_word || is_date || file_kind::is_named_in_settings(text) || text.parse::<f64>().is_ok()
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, SourceMap};
    use crate::source::yaml;

    /// Returns the comments that are taken for lost text.
    fn lost(text: &str) -> Vec<String> {
        let file = SourceMap::default().add("settings.yaml", text);
        let mut problems = Vec::new();
        yaml::parse(text, file, |key| key == "type", &mut problems).expect("a document");
        assert!(problems.iter().all(|problem| problem.code == Code::YamlComment), "{problems:?}");
        problems.iter().map(|problem| problem.message.split('`').nth(1).unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn text_behind_a_number_sign_is_lost() {
        for (text, comment) in [
            ("text: photo #1 of many", "#1 of many"),
            ("title: Photo #1\ntext: x", "#1"),
            ("- a #b", "#b"),
            ("- #b", "#b"),
            ("- \n- #1.jpg\n- c", "#1.jpg"),
            ("tags: [a #b\n  ]", "#b\n".trim()),
            ("color: #ff0000\n", "#ff0000"),
            ("\"color\" : #ff0000\nb: c", "#ff0000"),
            ("text: >\n  folded #1\nb: c #d\n", "#d"),
        ] {
            assert_eq!(lost(text), [comment], "{text}");
        }
    }

    #[test]
    fn ordinary_comments_lose_nothing() {
        for text in [
            "title: x  # my comment",
            "title: x ## y",
            "title: x #",
            "title: x #--- y",
            "title: 'x' #y",
            "title: C#1",
            "cover: a.jpg #the best one",
            "cover: a.CR3 #a raw file",
            "- film.m4v #the film",
            "public: false #not yet",
            "date: 2020-01-01 #or later",
            "quality: 80 #enough",
            "type: text #intro",
            "text: |\n  photo #1 of many",
            "sections: #mine\n- a: b",
            "#1 of many\na: b",
            "a:\n  #b: c\n  d: e",
            "a: b\n#c: d",
            "a: ~ #none",
        ] {
            assert_eq!(lost(text), [""; 0], "{text}");
        }
    }
}
