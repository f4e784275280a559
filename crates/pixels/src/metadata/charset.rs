//! Character sets of texts that declare none.
//!
//! In: bytes. Out: the text, if one reading of the bytes is plausible as words of a western language, or none: nonsense helps no reader. Valid
//! UTF-8 is always UTF-8. Other bytes are decoded as Windows-1252 and as Mac OS Roman, and the more plausible text is taken. Pure.

use super::text::decode_latin;

/// The upper half of Mac OS Roman.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// Accented letters of languages: French, German with names of its neighbours, Spanish and Catalan, Portuguese, Italian, the Nordic languages
/// with Finnish, Icelandic, Dutch, Estonian.
const ALPHABETS: [&str; 9] = [
    "àâæçéèêëîïôœùûüÿ",
    "äöüßàâçéèêëîïôû",
    "áàçéèíïñóòúü",
    "áâãàçéêíóôõúü",
    "àèéìíîòóù",
    "åäöæøéüšž",
    "áéíóúýþðæö",
    "áéëèêïíóöü",
    "õäöüšž",
];

/// Letters that Windows-1252 has where Mac OS Roman has more frequent ones.
const DOUBTFUL: [char; 5] = ['Š', 'š', 'Ž', 'ž', 'Ÿ'];

/// Punctuation that may touch letters on both sides.
const MARKS: &str = "’‘“”«»„‚‹›–—…·\u{a0}´";

/// Signs that stand apart from words on one side at least.
const SIGNS: &str = "©®™°€£§¿¡ªº½¼¾²³×±µ•";

/// Most accented letters in a row.
const MOST_IN_A_ROW: usize = 2;

/// Decodes a text; `None` if its character set cannot be told.
pub(crate) fn detect(bytes: &[u8]) -> Option<String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let [windows, mac] =
        [decode_latin(bytes), decode_mac(bytes)].map(|text| Some(text).filter(|text| is_plausible(text)));
    match (windows, mac) {
        (Some(windows), Some(_)) if windows.contains(DOUBTFUL) => None,
        (Some(windows), _) => Some(windows),
        (None, mac) => mac,
    }
}

fn decode_mac(bytes: &[u8]) -> String {
    let upper: Vec<char> = MAC.chars().collect();
    let char = |byte: u8| upper.get(usize::from(byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(byte));
    bytes.iter().map(|byte| char(*byte)).collect()
}

/// Whether a text is spelled as a person would spell it in one of the languages.
fn is_plausible(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let foreign = || chars.iter().filter(|c| !c.is_ascii());
    let letters: String =
        foreign().filter(|c| c.is_alphabetic() && !SIGNS.contains(**c)).flat_map(|c| c.to_lowercase()).collect();
    let is_spelled = ALPHABETS.iter().any(|alphabet| letters.chars().all(|c| alphabet.contains(c)));
    let is_accented = |c: &char| !c.is_ascii() && c.is_alphabetic();
    let in_a_row = chars.split(|c| !is_accented(c)).map(<[char]>::len).max().unwrap_or(0);
    // A text of accented letters alone is one in another script.
    let is_mixed = letters.is_empty() || chars.iter().any(char::is_ascii_alphabetic);
    let at = |at: Option<usize>| at.and_then(|at| chars.get(at)).copied().unwrap_or(' ');
    let mut places = (0..chars.len()).filter(|place| !chars[*place].is_ascii());
    is_spelled
        && is_mixed
        && in_a_row <= MOST_IN_A_ROW
        && places.all(|place| fits(at(place.checked_sub(1)), chars[place], at(Some(place + 1))))
}

/// Whether a character may stand between its neighbours.
fn fits(before: char, c: char, after: char) -> bool {
    if MARKS.contains(c) {
        return true;
    }
    if SIGNS.contains(c) {
        return !(before.is_alphabetic() && after.is_alphabetic());
    }
    let is_capital_inside =
        c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && after.is_lowercase());
    c.is_alphabetic() && !is_capital_inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_windows_and_mac_are_told_apart() {
        for (bytes, text) in [
            ("Heinrichshütte – Été".as_bytes(), "Heinrichshütte – Été"),
            (b"Heinrichsh\xFCtte \x96 \xC9t\xE9", "Heinrichshütte – Été"),
            (b"Heinrichsh\x9Ftte \xD0 \x83t\x8E", "Heinrichshütte – Été"),
            (b"Gr\xFC\xDFe aus M\xFCnchen", "Grüße aus München"),
            (b"Gr\x9F\xA7e aus M\x9Fnchen", "Grüße aus München"),
            (b"L\x92\xE9t\xE9 \xE0 la mer", "L’été à la mer"),
            (b"L\xD5\x8Et\x8E \x88 la mer", "L’été à la mer"),
            (b"El ni\xF1o \xA9 Garc\xEDa", "El niño © García"),
            (b"Troms\xF8 og \xC5lesund", "Tromsø og Ålesund"),
            (b"A\xE7\xF5es em S\xE3o Paulo", "Ações em São Paulo"),
            (b"\xC9cole", "École"),
            (b"M\xDCNCHEN", "MÜNCHEN"),
            (b"5 \x80, 20 \xB0C", "5 €, 20 °C"),
        ] {
            assert_eq!(detect(bytes).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_cannot_be_told_is_no_text() {
        let texts: [(&str, &[u8]); 8] = [
            ("Windows-1251", b"\xCF\xF0\xE8\xE2\xE5\xF2 \xE8\xE7 \xCC\xEE\xF1\xEA\xE2\xFB"),
            ("KOI8-R", b"\xF0\xD2\xC9\xD7\xC5\xD4"),
            ("Windows-1250", b"P\xF8\xEDb\xECh z \xC8ech"),
            ("Shift JIS", b"\x8E\xCA\x90\x5E"),
            ("Shift JIS", b"\x83e\x83X\x83g"),
            ("GBK", b"\xD5\xD5\xC6\xAC\xA1\xA3"),
            ("Windows-1253", b"\xC1\xE8\xDE\xED\xE1"),
            ("either", b"Ni\x9A"),
        ];
        for (name, bytes) in texts {
            assert_eq!(detect(bytes), None, "{name}");
        }
    }

    #[test]
    fn every_byte_has_a_reading_and_none_panics() {
        assert_eq!(MAC.chars().count(), 128);
        for byte in 0..=u8::MAX {
            let _ = detect(&[b'a', byte, b'b', byte]);
        }
    }
}
