//! Dates and ranges of dates, formatted for pages.

use jiff::civil::Date;

use super::language::is_right_to_left;
use crate::dates::DateLocale;

/// A formatted date, with its machine-readable form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateView {
    /// `2016-01-15`.
    pub(super) machine: String,
    /// `15 January 2016`; the first date of a range omits the parts that the second date repeats.
    pub(super) text: String,
}

/// A date, or a range of dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DatesView {
    /// The language of the text, if it differs from the page's.
    pub(super) language: Option<String>,
    /// The writing direction of that language: `ltr` or `rtl`.
    pub(super) direction: &'static str,
    /// The date, or the first date of a range.
    pub(super) first: DateView,
    /// The text between the two dates of a range.
    pub(super) joint: &'static str,
    /// The last date of a range.
    pub(super) last: Option<DateView>,
}

/// The languages of a page's dates and of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    /// The language of dates.
    pub(super) locale: &'a DateLocale,
    /// The language of the page, as a BCP 47 tag.
    pub(super) page: &'a str,
}

impl Words<'_> {
    /// Formats one date.
    pub(super) fn day(self, date: Date) -> DatesView {
        self.view(view(date, self.locale.long(date)), "", None)
    }

    /// Formats a range. If one end is missing, or both are equal, the result is a single date.
    pub(super) fn range(self, first: Option<Date>, last: Option<Date>) -> Option<DatesView> {
        match (first, last) {
            (Some(first), Some(last)) if first != last => {
                let (text, is_number) = self.locale.abridged(first, last);
                let joint = match is_number {
                    _ if primary(self.locale.tag()) == "en" => " to ",
                    true => "\u{2013}",
                    false => " \u{2013} ",
                };
                Some(self.view(view(first, text), joint, Some(view(last, self.locale.long(last)))))
            }
            (first, last) => first.or(last).map(|date| self.day(date)),
        }
    }

    fn view(self, first: DateView, joint: &'static str, last: Option<DateView>) -> DatesView {
        let tag = self.locale.tag();
        let language = (primary(tag) != primary(self.page)).then(|| tag.to_owned());
        let direction = if is_right_to_left(tag) { "rtl" } else { "ltr" };
        DatesView { language, direction, first, joint, last }
    }
}

fn view(date: Date, text: String) -> DateView {
    DateView { machine: date.to_string(), text }
}

/// Returns the primary language of a BCP 47 tag, without script and country.
fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn text(dates: &DatesView) -> String {
        match &dates.last {
            Some(last) => format!("{}{}{}", dates.first.text, dates.joint, last.text),
            None => dates.first.text.clone(),
        }
    }

    fn range(locale: &str, first: Date, last: Date) -> String {
        let locale = DateLocale::new(locale).expect("known");
        text(&Words { locale: &locale, page: "en" }.range(Some(first), Some(last)).expect("two dates"))
    }

    #[test]
    fn a_day_is_written_out() {
        let locale = DateLocale::default();
        let day = Words { locale: &locale, page: "en-GB" }.day(date(2016, 1, 15));
        assert_eq!((text(&day).as_str(), day.first.machine.as_str()), ("15 January 2016", "2016-01-15"));
        assert_eq!(day.language, None);
        let day = Words { locale: &locale, page: "tlh" }.day(date(2016, 1, 15));
        assert_eq!(day.language.as_deref(), Some("en"));
    }

    #[test]
    fn a_range_says_month_and_year_once() {
        assert_eq!(range("en", date(2016, 1, 15), date(2016, 1, 18)), "15 to 18 January 2016");
        assert_eq!(range("en", date(2016, 1, 30), date(2016, 2, 2)), "30 January to 2 February 2016");
        assert_eq!(range("en", date(2015, 12, 30), date(2016, 1, 2)), "30 December 2015 to 2 January 2016");
        assert_eq!(range("en", date(2016, 1, 15), date(2016, 1, 15)), "15 January 2016");
        assert_eq!(range("fr", date(2016, 1, 15), date(2016, 1, 18)), "15\u{2013}18 janvier 2016");
        assert_eq!(range("fr", date(2016, 1, 30), date(2016, 2, 2)), "30 janvier \u{2013} 2 février 2016");
        assert_eq!(range("ja", date(2016, 1, 15), date(2016, 1, 18)), "2016年1月15日 \u{2013} 2016年1月18日");
    }

    #[test]
    fn a_range_with_one_end_is_that_day() {
        let locale = DateLocale::default();
        let words = Words { locale: &locale, page: "en" };
        let day = date(2016, 12, 31);
        assert_eq!(words.range(None, Some(day)), words.range(Some(day), None));
        assert_eq!(words.range(None, None), None);
    }
}
