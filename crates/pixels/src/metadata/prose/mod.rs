//! Classification of a text in a file: prose that a person wrote about the picture, or text that readers should not see.
//!
//! In: one text. Out: whether a machine wrote it ([`is_machine_written`]), and whether it contains a location or contact
//! data ([`is_personal`]). Pure functions of the text. Must not know the field of the text, nor where it would be shown.

mod contact;
mod coordinates;
mod dates;
mod machine;
mod numbers;
#[cfg(test)]
mod tests;

use unicode_normalization::UnicodeNormalization;

/// Whether a camera, a telephone or a program wrote the text, rather than a person.
#[must_use]
pub fn is_machine_written(text: &str) -> bool {
    machine::is_machine_written(&plain(text))
}

/// Whether the text contains coordinates, a link to a map, an e-mail address or a telephone number.
#[must_use]
pub fn is_personal(text: &str) -> bool {
    let chars: Vec<char> = plain(text).to_lowercase().chars().collect();
    coordinates::are_in(&chars) || contact::is_in(&chars)
}

/// Returns the text in plain spelling: compatibility forms (full-width letters, special spaces) become plain ones, digits of all scripts
/// ASCII, and all dashes and degree signs the same character; invisible characters are removed.
fn plain(text: &str) -> String {
    // Before normalisation, which would change characters that look like a degree sign or a prime.
    let spelled = |c: char| match c {
        'º' | '˚' => '°',
        '′' | '’' | '‘' | '´' | '`' | 'ʹ' => '\'',
        '″' | '”' | '“' | 'ʺ' => '"',
        '‐'..='―' | '−' | '﹣' => '-',
        c => c,
    };
    let seen = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'));
    let chars = seen.map(spelled).nfkc().map(|c| if c.is_whitespace() && c != '\n' { ' ' } else { c });
    chars.map(|c| digit(c).map_or(c, |digit| char::from(b'0' + digit))).collect()
}

/// Returns the value of a decimal digit, for scripts with their own digits.
fn digit(c: char) -> Option<u8> {
    const ZEROS: [u32; 12] = [0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xC66, 0xE50, 0xED0, 0x1040, 0x17E0];
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&u32::from(c)))?;
    u8::try_from(u32::from(c) - zero).ok()
}
