//! The times that phones, messengers and programs write into file names.
//!
//! In: a name without its extension. Out: the time, if there is one. Pure.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use pixels::Captured;

/// Beginnings of names that hold the milliseconds since 1970.
const COUNTED: [&str; 3] = ["fb_img_", "mmexport", "wx_camera_"];

/// Beginning of the names of Pixel phones, whose times are in UTC.
const PIXEL: &str = "pxl_";

/// Lengths of numbers that hold a day, a second or a millisecond.
const WHOLE: [usize; 3] = [8, 14, 17];

/// Longest text between the day and the clock: ` alle ore `.
const LONGEST_GAP: usize = 10;

/// Returns the time in a name: `IMG_20240501_101530`, `2024-05-01 10.15.30`, `IMG-20240501-WA0001`, `Screenshot 2024-05-01 at 3.15.30 PM`.
pub(super) fn captured(stem: &str) -> Option<Captured> {
    let lower = stem.to_lowercase();
    if let Some(rest) = COUNTED.iter().find_map(|beginning| lower.strip_prefix(beginning)) {
        return counted(rest);
    }
    let offset = lower.starts_with(PIXEL).then_some(0);
    let mut starts = lower.char_indices().filter(|(at, c)| c.is_ascii_digit() && !ends_with_digit(&lower[..*at]));
    starts.find_map(|(at, _)| time(&lower[at..])).map(|time| Captured { time, offset })
}

fn ends_with_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// Parses milliseconds since 1970, from 2001 on.
fn counted(text: &str) -> Option<Captured> {
    let number: i64 = text[..digits(text)].parse().ok().filter(|_| digits(text) == 13)?;
    let time = Timestamp::from_millisecond(number).ok()?;
    Some(Captured { time: TimeZone::UTC.to_datetime(time), offset: Some(0) })
}

/// Parses a time at the start of a text: a day, and a clock if one follows.
fn time(text: &str) -> Option<DateTime> {
    let run = digits(text);
    if run != 4 && !WHOLE.contains(&run) {
        return None;
    }
    let (year, rest) = number(text, 4)?;
    let (month, rest) = number(beside(rest), 2)?;
    let (day, rest) = number(beside(rest), 2)?;
    let year = Some(year).filter(|year| (1990..2100).contains(year))?;
    let small = |number: i16| i8::try_from(number).ok();
    let date = Date::new(year, small(month)?, small(day)?).ok()?;
    // A longer number is not a day.
    let is_day = run != 4 || digits(rest) == 0;
    is_day.then(|| date.to_datetime(clock(rest).unwrap_or_default()))
}

/// Parses hour, minute and second after a day.
fn clock(text: &str) -> Option<Time> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let gap = &text[..start];
    let is_near = gap.chars().count() <= 1;
    let is_said = gap.len() <= LONGEST_GAP && gap.chars().all(|c| c.is_alphabetic() || c == ' ' || c == ',');
    if !is_near && !is_said {
        return None;
    }
    let text = &text[start..];
    let (hour, rest) = number(text, if digits(text) == 1 { 1 } else { 2 })?;
    let (minute, rest) = number(beside(rest), 2)?;
    let (second, rest) = number(beside(rest), 2)?;
    let half = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let hour = match hour {
        12 if half.starts_with("am") => 0,
        1..12 if half.starts_with("pm") => hour + 12,
        hour => hour,
    };
    let small = |number: i16| i8::try_from(number).ok();
    Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()
}

/// Returns the text after one separator, if there is one.
fn beside(text: &str) -> &str {
    text.strip_prefix(|c: char| !c.is_alphanumeric()).unwrap_or(text)
}

fn number(text: &str, length: usize) -> Option<(i16, &str)> {
    let (number, rest) = text.split_at_checked(length)?;
    Some((number.parse().ok().filter(|_| digits(number) == length)?, rest))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(stem: &str) -> Option<String> {
        captured(stem).map(|captured| captured.time.strftime("%Y-%m-%d %H:%M:%S").to_string())
    }

    #[test]
    fn names_of_phones_and_programs_hold_times() {
        for stem in [
            "IMG_20240501_151530",
            "PXL_20240501_151530123.MP",
            "20240501151530",
            "00000IMG_00000_BURST20240501151530123_COVER",
            "Screenshot_20240501-151530_Chrome",
            "Screenshot_2024-05-01-15-15-30-123_com.example",
            "Screenshot from 2024-05-01 15-15-30",
            "Screenshot 2024-05-01 at 3.15.30 PM",
            "Bildschirmfoto 2024-05-01 um 15.15.30",
            "Capture d’écran 2024-05-01 à 15.15.30",
            "WhatsApp Image 2024-05-01 at 15.15.30 (1)",
            "signal-2024-05-01-151530",
            "photo_2024-05-01_15-15-30",
            "WIN_20240501_15_15_30_Pro",
            "2024-05-01 15.15.30",
            "2024_05_01T15_15_30",
        ] {
            assert_eq!(said(stem).as_deref(), Some("2024-05-01 15:15:30"), "{stem}");
        }
        assert_eq!(said("Screenshot 2024-05-01 at 12.15.30 AM").as_deref(), Some("2024-05-01 00:15:30"));
        assert_eq!(said("mmexport1714576530123").as_deref(), Some("2024-05-01 15:15:30"));
        assert_eq!(captured("PXL_20240501_151530123").and_then(|captured| captured.offset), Some(0));
        assert_eq!(captured("IMG_20240501_151530").and_then(|captured| captured.offset), None);
    }

    #[test]
    fn a_day_alone_begins_at_midnight() {
        for stem in ["IMG-20240501-WA0001", "2024-05-01", "a 2024_05_01 b", "20240501_99", "DSC_20240501 (2)"] {
            assert_eq!(said(stem).as_deref(), Some("2024-05-01 00:00:00"), "{stem}");
        }
    }

    #[test]
    fn other_numbers_are_no_times() {
        for stem in [
            "IMG_1234",
            "DSC01234567",
            "20241301",
            "18240501",
            "120240501",
            "2024 a 05 b 01",
            "202405019",
            "2024-05-011",
            "received_1714576530123456",
            "FB_IMG_17145765301",
            "",
            "été",
        ] {
            assert_eq!(said(stem), None, "{stem}");
        }
    }
}
