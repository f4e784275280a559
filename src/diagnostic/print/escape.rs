//! Text from outside, made harmless for a terminal.

use std::fmt::Write;

/// Control characters, line breaks and characters that turn the direction of writing become escapes: a file name
/// cannot move the cursor, add a line, or look like another. A name that begins with `::`, which CI services take for a command at the
/// beginning of a line, gets `./` in front.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    if text.trim_start().starts_with("::") {
        escaped.push_str("./");
    }
    for character in text.chars() {
        match character {
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '\0'..='\x7f' if character.is_control() => {
                let _ = write!(escaped, "\\x{:02x}", u32::from(character));
            }
            character if is_hidden(character) => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(character));
            }
            character => escaped.push(character),
        }
    }
    escaped
}

/// Characters beyond ASCII that show nothing themselves and change how others show.
pub(super) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
}
