//! Writes texts as YAML.
//!
//! In: any text, such as the name of a file. Out: a value on one line that a YAML parser reads as exactly this text.
//! Must not know the purpose of the text.

use std::fmt::Write;

/// Words that some version of YAML reads as something other than text.
const WORDS: [&str; 11] = ["", "true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan"];

/// Returns a text as a value on one line, in quotes if YAML would read it as something else.
#[must_use]
pub fn quoted(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { in_quotes(text) }
}

fn is_plain(text: &str) -> bool {
    let harmless = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ' ' | '(' | ')' | '+');
    let begins_well =
        text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '/')) || text.starts_with("../");
    begins_well
        && text.chars().all(harmless)
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
        // Numbers and dates.
        && text.parse::<f64>().is_err()
        && !text.starts_with("0x")
        && !text.starts_with("0o")
        && text.chars().any(|c| c.is_alphabetic() && !matches!(c, 'T' | 'Z'))
}

fn in_quotes(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if needs_escape(c) => {
                let code = u32::from(c);
                let _ = if code <= 0xffff { write!(quoted, "\\u{code:04x}") } else { write!(quoted, "\\U{code:08x}") };
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns whether a character must be escaped, because YAML forbids it or editors would display it misleadingly:
/// control characters, line and paragraph separators, byte order marks, characters that change the writing direction,
/// and noncharacters.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}
