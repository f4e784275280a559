//! Times in the formats of Exif, XMP and IPTC.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The time at which a photo was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captured {
    /// Local time, by the camera's clock.
    pub time: DateTime,
    /// Offset of the clock from UTC in minutes, if the file contains it.
    pub offset: Option<i16>,
}

impl Captured {
    /// Parses texts from a file: a time, the fraction of its second, and the offset.
    pub(crate) fn parse(time: &str, fraction: Option<&str>, offset: Option<&str>) -> Option<Self> {
        let (time, rest) = parse_time(time)?;
        let inner = rest.strip_prefix('.').map(|rest| &rest[..digits(rest)]);
        let zone = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
        let nanosecond = fraction.or(inner).map_or(0, parse_fraction);
        let time = time.with().subsec_nanosecond(nanosecond).build().ok()?;
        Some(Self { time, offset: offset.and_then(parse_offset).or_else(|| parse_offset(zone)) })
    }
}

/// Parses times like `2024:05:17 18:03:59`, `2024-05-17T18:03` and `20240517`, with any separators, because cameras
/// differ; missing parts after the day are 0. Returns the time and the rest of the text.
fn parse_time(text: &str) -> Option<(DateTime, &str)> {
    let mut rest = text.trim();
    // The year alone, or with the parts after it.
    if !matches!(digits(rest), 4 | 8 | 12 | 14) {
        return None;
    }
    // Separators are ignored, unless they begin a fraction or an offset.
    let mut number = |longest: usize, ends: &[char]| {
        let start = rest.find(|c: char| c.is_ascii_digit()).filter(|start| !rest[..*start].contains(ends))?;
        let length = digits(&rest[start..]).min(longest);
        let number = rest[start..start + length].parse::<i16>().ok();
        rest = &rest[start + length..];
        number
    };
    const DAY: &[char] = &['.', '+', 'Z'];
    const CLOCK: &[char] = &['.', '+', 'Z', '-'];
    let year = number(4, DAY).filter(|year| *year > 0)?;
    let [month, day] = [number(2, DAY)?, number(2, DAY)?];
    let hour = number(2, CLOCK);
    let minute = hour.and_then(|_| number(2, CLOCK));
    let second = minute.and_then(|_| number(2, CLOCK));
    let small = |number: Option<i16>| i8::try_from(number.unwrap_or(0)).ok();
    let [month, day] = [small(Some(month))?, small(Some(day))?];
    // An hour alone is not a time.
    let hour = minute.and(hour);
    let time = DateTime::new(year, month, day, small(hour)?, small(minute)?, small(second)?, 0).ok()?;
    Some((time, rest))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Converts digits after the decimal point to nanoseconds.
fn parse_fraction(text: &str) -> i32 {
    let digits = text.bytes().take_while(u8::is_ascii_digit).map(|byte| i32::from(byte - b'0'));
    digits.chain(std::iter::repeat(0)).take(9).fold(0, |number, digit| number * 10 + digit)
}

/// Parses `+02:00`, `-0330` or `Z`; returns minutes.
fn parse_offset(text: &str) -> Option<i16> {
    let text = text.trim();
    if text == "Z" {
        return Some(0);
    }
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let [hours, minutes] = [digits[..2].parse::<i16>().ok()?, digits[2..].parse::<i16>().ok()?];
    (hours <= 14 && minutes < 60).then_some(sign * (60 * hours + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_cameras_and_programs_write_them() {
        let time = |text: &str| Captured::parse(text, None, None).map(|found| (found.time.to_string(), found.offset));
        let at = |time: &str, offset| Some((time.to_owned(), offset));
        assert_eq!(time("2024:05:17 18:03:59"), at("2024-05-17T18:03:59", None));
        assert_eq!(time("2024-05-17T18:03:59.25+02:00"), at("2024-05-17T18:03:59.25", Some(120)));
        assert_eq!(time("2024-05-17T18:03-03:30"), at("2024-05-17T18:03:00", Some(-210)));
        assert_eq!(time("2024-05-17T18:03:59Z"), at("2024-05-17T18:03:59", Some(0)));
        assert_eq!(time("2024:05:17 18:03"), at("2024-05-17T18:03:00", None));
        assert_eq!(time("20240517 180359+0200"), at("2024-05-17T18:03:59", Some(120)));
        assert_eq!(time("1974-06-01"), at("1974-06-01T00:00:00", None));
        for wrong in
            ["", "2024", "0000:00:00 00:00:00", "    :  :     :  :  ", "2024:13:17 18:03:59", "99999:05:17", "é"]
        {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn fractions_and_offsets_may_stand_apart() {
        let found = Captured::parse("2024:05:17 18:03:59", Some("007"), Some("-05:00")).unwrap();
        assert_eq!((found.time.subsec_nanosecond(), found.offset), (7_000_000, Some(-300)));
        assert_eq!(parse_fraction("1234567899999"), 123_456_789);
        assert_eq!(parse_fraction(""), 0);
        assert_eq!([parse_offset("+99:00"), parse_offset("   :  "), parse_offset("+2")], [None; 3]);
    }
}
