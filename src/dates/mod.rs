//! Dates in the words of a language.
//!
//! In: a day, a locale, and a pattern. Out: text by the rules of CLDR: names of months in the right case, order, digits. Pure, and
//! independent of the environment. Must not know what a page is.

mod locale;
mod pattern;

pub use locale::DateLocale;

use jiff::civil::Date;

/// Formats `Fri, 15 Jan 2016 12:00:00 +0000` (RFC 822 with the four-digit year of RFC 1123), which RSS uses in every language. Noon in UTC
/// is on the same day for readers from UTC−12 to UTC+11.
#[must_use]
pub fn rfc822(date: Date) -> String {
    date.strftime("%a, %d %b %Y 12:00:00 +0000").to_string()
}

/// Formats `2016-01-15 12:30 UTC`; the epoch for a time that the calendar cannot represent.
#[must_use]
pub fn minute(seconds: i64) -> String {
    let time = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_to_the_minute() {
        assert_eq!(minute(1_452_861_059), "2016-01-15 12:30 UTC");
        assert_eq!(minute(i64::MAX), "1970-01-01 00:00 UTC");
    }
}
