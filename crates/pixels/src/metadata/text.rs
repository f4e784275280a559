//! Text in blocks of metadata, which rarely declare its encoding.

use serde::{Deserialize, Serialize};

/// Limit on the length of a text, in bytes: ten times that of real captions, and too short to inflate a rendition.
pub(crate) const LONGEST: usize = 8 << 10;

/// Characters of Windows-1252 in place of ISO 8859-1's control characters; the five unassigned ones map to themselves.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Decodes text without a declared encoding: UTF-8 if it is valid, otherwise ISO 8859-1 with Windows' additions. Text in the latter
/// practically never happens to be valid UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| decode_latin(bytes), str::to_owned)
}

/// Decodes text in ISO 8859-1 with Windows' additions.
pub(crate) fn decode_latin(bytes: &[u8]) -> String {
    let char = |byte: u8| if (0x80..0xA0).contains(&byte) { WINDOWS[usize::from(byte - 0x80)] } else { byte.into() };
    bytes.iter().map(|byte| char(*byte)).collect()
}

/// Decodes text in UTF-16, lowest byte first, up to its first NUL: the encoding of the Windows file manager.
pub(crate) fn decode_wide(bytes: &[u8]) -> String {
    let units = bytes.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit)).take_while(|unit| *unit != 0);
    char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Removes control characters and surrounding white space; `None` if nothing is left. Long texts are cut off.
pub(crate) fn clean(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // `\r\n` and `\r` are line ends too.
    let lines = text[..end].replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    (!kept.is_empty()).then_some(kept)
}

/// A text in one language or several.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words(Vec<(String, String)>);

/// Name in XMP of the text for readers of all other languages.
pub(crate) const DEFAULT_LANGUAGE: &str = "x-default";

/// Limit on the languages of a text.
const MOST_LANGUAGES: usize = 32;

impl Words {
    /// A text without a declared language.
    pub(crate) fn of(text: &str) -> Self {
        std::iter::once((DEFAULT_LANGUAGE, text)).collect()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the text for a reader of `language` (BCP 47): in that language, or in one with the same primary tag (`fr` for `fr-CA`,
    /// and vice versa), or the default, or the first.
    #[must_use]
    pub fn pick(&self, language: &str) -> Option<&str> {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let find = |fits: &dyn Fn(&str) -> bool| self.0.iter().find(|(tag, _)| fits(tag));
        find(&|tag| tag.eq_ignore_ascii_case(language))
            .or_else(|| find(&|tag| primary(tag) == primary(language)))
            .or_else(|| find(&|tag| tag == DEFAULT_LANGUAGE))
            .or_else(|| self.0.first())
            .map(|(_, text)| text.as_str())
    }

    /// Returns the default text, or the first.
    #[must_use]
    pub fn any(&self) -> Option<&str> {
        self.pick(DEFAULT_LANGUAGE)
    }

    /// Returns only the texts for which `holds` is true.
    #[must_use]
    pub fn only(&self, holds: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|(_, text)| holds(text)).cloned().collect())
    }

    /// Returns the languages with their texts.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Words {
    /// Cleans the texts, and drops empty ones and repeated languages.
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(texts: I) -> Self {
        let mut words = Vec::<(String, String)>::new();
        for (language, text) in texts {
            let known = words.iter().any(|(known, _)| known.eq_ignore_ascii_case(language));
            let plausible = language.len() <= 35 && language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if let (Some(text), false, true) = (clean(text), known, plausible && words.len() < MOST_LANGUAGES) {
                words.push((language.to_owned(), text));
            }
        }
        Self(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_no_declared_encoding_is_utf_8_or_what_windows_wrote() {
        assert_eq!(decode("© Zoë".as_bytes()), "© Zoë");
        assert_eq!(decode(b"\xA9 Zo\xEB \x96 \x80"), "© Zoë – €");
        assert_eq!(decode_wide(b"\xA9\0 \0\x42\x04\0\0x\0"), "© т");
    }

    #[test]
    fn blanks_are_no_text_and_endless_ones_are_cut() {
        assert_eq!(clean("  \0\t "), None);
        assert_eq!(clean(" a\r\nb\u{7}\0"), Some("a\nb".to_owned()));
        assert_eq!(clean(&"é".repeat(LONGEST)).map(|text| text.len()), Some(LONGEST));
    }

    #[test]
    fn a_reader_gets_the_nearest_language() {
        let words: Words =
            [("x-default", "sea"), ("fr-CA", "mer"), ("de", "Meer"), ("de", "See")].into_iter().collect();
        let read = ["fr-CA", "FR", "de-AT", "en"].map(|language| words.pick(language).unwrap());
        assert_eq!(read, ["mer", "mer", "Meer", "sea"]);
        let words: Words = [("it", "mare")].into_iter().collect();
        assert_eq!((words.pick("en"), words.any()), (Some("mare"), Some("mare")));
        assert_eq!(Words::default().pick("en"), None);
    }
}
