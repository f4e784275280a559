//! Dates in the words of a language.
//!
//! In: a day, a locale, and a pattern. Out: text as CLDR has it: names of months in the right case, order, digits. Pure, and the
//! same everywhere: nothing is asked of the environment. Must not know what a page is.

mod locale;
mod pattern;

pub use locale::DateLocale;
