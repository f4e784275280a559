//! Dates in the words of a language.
//!
//! In: a day, a locale, and a pattern. Out: text as CLDR has it: names of months in the right case, order, digits. Pure, and the
//! same everywhere: nothing is asked of the environment. Must not know what a page is.

mod locale;
mod pattern;

pub use locale::DateLocale;

use jiff::civil::Date;

/// `Fri, 15 Jan 2016 00:00:00 +0000` (RFC 822 with the four digits of RFC 1123), as RSS has it in every language.
#[must_use]
pub fn rfc822(date: Date) -> String {
    date.strftime("%a, %d %b %Y 00:00:00 +0000").to_string()
}
