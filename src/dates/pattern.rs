//! CLDR date patterns (UTS 35), as Babel understands them, without times.

use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::enums::DateFieldSet;
use icu_datetime::pattern::{
    DateTimePattern, FixedCalendarDateTimeNames, MonthNameLength, WeekdayNameLength, YearNameLength,
};
use icu_locale_core::Locale;
use writeable::TryWriteable;

/// Formats a date by a pattern.
///
/// Formats each field separately, because the crate can load names of one kind in one length only.
///
/// # Errors
/// A message about the part of the pattern that is not supported.
pub(super) fn format(locale: &Locale, date: Date<Gregorian>, pattern: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' => {
                let (literal, length) = quoted(rest)?;
                text.push_str(&literal);
                length
            }
            letter if letter.is_ascii_alphabetic() => {
                let length = rest.len() - rest.trim_start_matches(letter).len();
                text.push_str(&field(locale, date, letter, length)?);
                length
            }
            other => {
                text.push(other);
                other.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    Ok(text)
}

/// Parses a quoted literal; also returns its length with the quotes. Two quotes mean one.
fn quoted(text: &str) -> Result<(String, usize), String> {
    if text.starts_with("''") {
        return Ok(("'".to_owned(), 2));
    }
    let mut literal = String::new();
    let mut at = 1;
    while let Some(end) = text[at..].find('\'') {
        literal.push_str(&text[at..at + end]);
        at += end + 1;
        if !text[at..].starts_with('\'') {
            return Ok((literal, at));
        }
        literal.push('\'');
        at += 1;
    }
    Err("a quote in the pattern is not closed".to_owned())
}

fn field(locale: &Locale, date: Date<Gregorian>, letter: char, length: usize) -> Result<String, String> {
    let field = letter.to_string().repeat(length);
    let wrong = || format!("`{field}` is not understood in a pattern for dates");
    if length > 5 || !"GyMLdEc".contains(letter) {
        return Err(wrong());
    }
    if matches!(letter, 'M' | 'L') && length < 3 {
        // The crate cannot format a month as a number; a day of the same number looks the same.
        let day = Date::try_new_gregorian(2000, 1, date.month().ordinal).map_err(|_| wrong())?;
        return self::field(locale, day, 'd', length);
    }
    let pattern: DateTimePattern = field.parse().map_err(|_| wrong())?;
    let names = FixedCalendarDateTimeNames::<Gregorian, DateFieldSet>::try_new(locale.into());
    let mut names = names.map_err(|_| wrong())?;
    let loaded = match (letter, length) {
        ('G', 5) => names.include_year_names(YearNameLength::Narrow).is_ok(),
        ('G', 4) => names.include_year_names(YearNameLength::Wide).is_ok(),
        ('G', _) => names.include_year_names(YearNameLength::Abbreviated).is_ok(),
        ('M', 3) => names.include_month_names(MonthNameLength::Abbreviated).is_ok(),
        ('M', 4) => names.include_month_names(MonthNameLength::Wide).is_ok(),
        ('M', 5) => names.include_month_names(MonthNameLength::Narrow).is_ok(),
        ('L', 3) => names.include_month_names(MonthNameLength::StandaloneAbbreviated).is_ok(),
        ('L', 4) => names.include_month_names(MonthNameLength::StandaloneWide).is_ok(),
        ('L', 5) => names.include_month_names(MonthNameLength::StandaloneNarrow).is_ok(),
        ('E', 4) => names.include_weekday_names(WeekdayNameLength::Wide).is_ok(),
        ('E', 5) => names.include_weekday_names(WeekdayNameLength::Narrow).is_ok(),
        ('E', _) => names.include_weekday_names(WeekdayNameLength::Abbreviated).is_ok(),
        ('c', 3) => names.include_weekday_names(WeekdayNameLength::StandaloneAbbreviated).is_ok(),
        ('c', 4) => names.include_weekday_names(WeekdayNameLength::StandaloneWide).is_ok(),
        ('c', 5) => names.include_weekday_names(WeekdayNameLength::StandaloneNarrow).is_ok(),
        _ => true,
    };
    let formatted = names.with_pattern_unchecked(&pattern);
    let formatted = formatted.format(&date);
    let text = formatted.try_write_to_string().map(|text| text.into_owned());
    text.ok().filter(|_| loaded).ok_or_else(wrong)
}
