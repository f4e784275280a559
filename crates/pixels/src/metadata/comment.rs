//! Comments in Exif, each with a character set of its own.
//!
//! In: an entry's bytes. Out: the text, if its character set is known or can be told.

use super::charset::detect;
use super::text::clean;
use super::tiff::Entry;

/// Length of the name of a character set before a user comment.
const NAME: usize = 8;

/// Decodes the value of `UserComment`: the name of a character set, and the text. Programs that write no name write UTF-8 or ASCII.
pub(super) fn user_comment(entry: &Entry<'_>) -> Option<String> {
    let (name, text) = entry.value.split_at_checked(NAME).unwrap_or((&[], entry.value));
    let text = match name {
        b"UNICODE\0" => wide(text, entry.is_little_endian()),
        // ISO 2022; only its ASCII is read.
        b"JIS\0\0\0\0\0" => std::str::from_utf8(text).ok().filter(|text| !text.contains('\x1B'))?.to_owned(),
        b"ASCII\0\0\0" | [0, 0, 0, 0, 0, 0, 0, 0] => detect(until_nul(text))?,
        _ => detect(until_nul(entry.value))?,
    };
    let is_text =
        !text.chars().any(|c| c.is_control() && !c.is_whitespace() && c != '\0' || c == char::REPLACEMENT_CHARACTER);
    clean(&text).filter(|_| is_text)
}

/// Decodes a text that should be in ASCII.
pub(super) fn ascii(entry: &Entry<'_>) -> Option<String> {
    let text = matches!(entry.kind, 2 | 129).then(|| detect(until_nul(entry.value)))??;
    clean(&text)
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// Decodes UTF-16. Its byte order should be that of Exif, but some programs write the other one: in most scripts, the zeros or the few
/// different bytes tell the higher one.
fn wide(bytes: &[u8], little_endian: bool) -> String {
    let (marked, bytes) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (Some(true), rest),
        [0xFE, 0xFF, rest @ ..] => (Some(false), rest),
        bytes => (None, bytes),
    };
    let pairs = bytes.as_chunks::<2>().0;
    let [first, second] =
        [0, 1].map(|place| pairs.iter().filter(|pair| pair[place] == 0 && pair[1 - place] != 0).count());
    let little_endian = marked.unwrap_or(if first == second { little_endian } else { second > first });
    let unit = |pair: &[u8; 2]| if little_endian { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) };
    let units = pairs.iter().map(unit).take_while(|unit| *unit != 0);
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::tiff::Directory;

    /// Reads a comment from Exif with this byte order.
    fn read(little_endian: bool, value: &[u8]) -> Option<String> {
        let ordered = |mut bytes: Vec<u8>| {
            if little_endian {
                bytes.reverse();
            }
            bytes
        };
        let short = |number: u16| ordered(number.to_be_bytes().to_vec());
        let long = |number: u32| ordered(number.to_be_bytes().to_vec());
        let head = if little_endian { b"II\x2A\0" } else { b"MM\0\x2A" };
        let entry = [short(0x9286), short(7), long(value.len() as u32), long(26)].concat();
        let mut exif = [head.to_vec(), long(8), short(1), entry, long(0)].concat();
        exif.extend(value);
        user_comment(&Directory::first(&exif)?.find(0x9286)?)
    }

    #[test]
    fn each_character_set_is_read_in_each_byte_order() {
        let wide = |text: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            [b"UNICODE\0".to_vec(), text.encode_utf16().flat_map(order).collect()].concat()
        };
        for little_endian in [true, false] {
            let read = |value: &[u8]| read(little_endian, value);
            let text = Some("Hütte – Été".to_owned());
            assert_eq!(read(&wide("Hütte – Été", u16::to_le_bytes)), text);
            assert_eq!(read(&wide("Hütte – Été", u16::to_be_bytes)), text);
            assert_eq!(read(&wide("\u{feff}山小屋", u16::to_le_bytes)).as_deref(), Some("山小屋"));
            assert_eq!(read(&wide("\u{feff}山小屋", u16::to_be_bytes)).as_deref(), Some("山小屋"));
            assert_eq!(read(b"ASCII\0\0\0A hut\0\0\0  ").as_deref(), Some("A hut"));
            assert_eq!(read(b"ASCII\0\0\0H\xFCtte").as_deref(), Some("Hütte"));
            assert_eq!(read("\0\0\0\0\0\0\0\0Hütte".as_bytes()).as_deref(), Some("Hütte"));
            assert_eq!(read(b"A hut above the fjord").as_deref(), Some("A hut above the fjord"));
            assert_eq!(read(b"JIS\0\0\0\0\0A hut").as_deref(), Some("A hut"));
        }
        assert_eq!(read(true, &wide("山小屋", u16::to_le_bytes)).as_deref(), Some("山小屋"));
        assert_eq!(read(false, &wide("山小屋", u16::to_be_bytes)).as_deref(), Some("山小屋"));
    }

    #[test]
    fn blanks_and_binary_data_are_no_comments() {
        let values: [&[u8]; 7] = [
            b"",
            b"ASCII\0\0\0",
            b"ASCII\0\0\0          ",
            b"\0\0\0\0\0\0\0\0\x01\x02\x03abc",
            b"UNICODE\0\0\0\0\0",
            b"JIS\0\0\0\0\0\x1B$B;3",
            b"\0\0\0\0\0\0\0\0\xB2\xD3\xF4\x85",
        ];
        for value in values {
            assert_eq!(read(true, value), None, "{value:?}");
        }
        for length in 0..24 {
            let _ = read(true, &b"UNICODE\0a\0b\0c\0\xD8\xD8\xD8\xD8"[..length.min(18)]);
        }
    }
}
