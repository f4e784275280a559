//! Locales for dates.

use icu_calendar::{Date as IcuDate, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YMD, YMDE};
use icu_locale_core::Locale;
use jiff::civil::Date;

use super::pattern;

/// A locale whose names of months are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateLocale {
    locale: Locale,
    /// Value for `lang` attributes.
    tag: String,
}

impl Default for DateLocale {
    fn default() -> Self {
        Self::new("en").expect("CLDR has English")
    }
}

impl DateLocale {
    /// Parses `fr`, `fr-CA`, `fr_FR` or `fr_FR.UTF-8`; `None` if CLDR has no names of months for it.
    ///
    /// English without a country puts the day first: `15 January 2016`, as récitale does.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let tag = name.split(['.', '@']).next().unwrap_or(name).trim().replace('_', "-");
        let tag = if matches!(tag.as_str(), "C" | "POSIX") { "en".to_owned() } else { tag };
        let locale: Locale = if tag == "en" { "en-001" } else { &tag }.parse().ok()?;
        let found = Self { locale, tag };
        // The root locale of CLDR, the fallback for unknown languages, formats January as "M01".
        let january = found.format(Date::constant(2016, 1, 15), "MMMM").ok()?;
        (january != "M01").then_some(found)
    }

    /// Value for `lang` attributes.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Formats a date as `short`, `medium`, `long` or `full`, or by a pattern such as `d MMMM yyyy`, as Babel does.
    ///
    /// # Errors
    /// A message about the part of the pattern that is not supported.
    pub fn format(&self, date: Date, pattern: &str) -> Result<String, String> {
        match self.named(date, pattern) {
            Some((text, _)) => Ok(text),
            None => pattern::format(&self.locale, calendar(date), pattern),
        }
    }

    /// Formats day, full name of the month, and year, in the order of the language.
    #[must_use]
    pub fn long(&self, date: Date) -> String {
        self.named(date, "long").map_or_else(|| date.to_string(), |(text, _)| text)
    }

    /// Formats the first of two days without the month and year that the second one repeats; also returns whether only a number is left.
    /// If the language does not use the order day, month, year, formats the whole date.
    #[must_use]
    pub fn abridged(&self, first: Date, last: Date) -> (String, bool) {
        let whole = || (self.long(first), false);
        let Some((_, pattern)) = self.named(first, "long").filter(|_| first.year() == last.year()) else {
            return whole();
        };
        let day = pattern.len() - pattern.trim_start_matches('d').len();
        let (Some(month), Some(year)) = (pattern.find("MMMM"), pattern.find('y')) else { return whole() };
        if day == 0 || !(day < month && month < year) {
            return whole();
        }
        let dot = usize::from(pattern[day..].starts_with('.'));
        let same_month = first.month() == last.month();
        let part = if same_month { &pattern[..day + dot] } else { &pattern[..month + 4] };
        match pattern::format(&self.locale, calendar(first), part) {
            Ok(text) => (text, same_month),
            Err(_) => whole(),
        }
    }

    /// Formats a date in one of the lengths that CLDR names; also returns the pattern, which is empty for `full`.
    fn named(&self, date: Date, length: &str) -> Option<(String, String)> {
        let preferences = || (&self.locale).into();
        let date = calendar(date);
        let fields = match length {
            "short" => YMD::short(),
            "medium" => YMD::medium(),
            "long" => YMD::long(),
            "full" => {
                let formatter = FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(preferences(), YMDE::long());
                let formatted = formatter.ok()?.format(&date).to_string();
                return Some((formatted, String::new()));
            }
            _ => return None,
        };
        let formatter = FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(preferences(), fields).ok()?;
        let formatted = formatter.format(&date);
        Some((formatted.to_string(), formatted.pattern().to_string()))
    }
}

fn calendar(date: Date) -> IcuDate<Gregorian> {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    // Both crates extend the Gregorian calendar to the time before its introduction.
    IcuDate::try_new_gregorian(date.year().into(), month, day)
        .unwrap_or_else(|_| IcuDate::try_new_gregorian(1970, 1, 1).expect("a day"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn long(locale: &str) -> String {
        DateLocale::new(locale).expect("known").long(date(2016, 1, 15))
    }

    #[test]
    fn each_language_writes_a_day_in_its_own_way() {
        for (locale, text) in [
            ("en", "15 January 2016"),
            ("en_US", "January 15, 2016"),
            ("en-GB", "15 January 2016"),
            ("C", "15 January 2016"),
            ("fr_FR.UTF-8", "15 janvier 2016"),
            ("de", "15. Januar 2016"),
            ("pt-BR", "15 de janeiro de 2016"),
            ("cs", "15. ledna 2016"),
            ("pl_PL", "15 stycznia 2016"),
            ("ja", "2016年1月15日"),
            ("zh-Hant", "2016年1月15日"),
            ("ar", "15 يناير 2016"),
            ("fa", "۱۵ ژانویهٔ ۲۰۱۶"),
            ("hu", "2016. január 15."),
        ] {
            let found = long(locale);
            // Versions of CLDR differ in the Persian ezafe.
            assert_eq!(found.replace("ژانویهٔ", "ژانویه"), text.replace("ژانویهٔ", "ژانویه"), "{locale}");
        }
    }

    #[test]
    fn what_is_no_known_locale_is_none() {
        for name in ["", "x", "tlh-Latn-x", "français", "zz", "fr FR"] {
            assert_eq!(DateLocale::new(name), None, "{name}");
        }
    }

    #[test]
    fn patterns_are_babels() {
        let french = DateLocale::new("fr").expect("known");
        let day = |pattern: &str| french.format(date(2016, 1, 5), pattern);
        assert_eq!(day("dd MMMM yyyy").as_deref(), Ok("05 janvier 2016"));
        assert_eq!(day("EEEE d MMM yy").as_deref(), Ok("mardi 5 janv. 16"));
        assert_eq!(day("LLLL 'de l''an' y, MM/dd").as_deref(), Ok("janvier de l'an 2016, 01/05"));
        assert_eq!(day("full").as_deref(), Ok("mardi 5 janvier 2016"));
        assert_eq!(day("medium").as_deref(), Ok("5 janv. 2016"));
        assert!(day("HH:mm").is_err() && day("d 'never").is_err());
    }

    #[test]
    fn a_first_day_says_no_more_than_it_has_to() {
        let abridged = |locale: &str, first, last| DateLocale::new(locale).expect("known").abridged(first, last);
        let (january, later) = (date(2016, 1, 15), date(2016, 1, 18));
        assert_eq!(abridged("fr", january, later), ("15".to_owned(), true));
        assert_eq!(abridged("de", january, later), ("15.".to_owned(), true));
        assert_eq!(abridged("pt", january, date(2016, 2, 1)), ("15 de janeiro".to_owned(), false));
        assert_eq!(abridged("fr", january, date(2017, 2, 1)), ("15 janvier 2016".to_owned(), false));
        assert_eq!(abridged("en-US", january, later), ("January 15, 2016".to_owned(), false));
        assert_eq!(abridged("ja", january, later), ("2016年1月15日".to_owned(), false));
    }
}
