//! Dates in long English form.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as it is shown, with the form that machines read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateView {
    /// `2016-01-15`.
    pub(super) machine: String,
    /// `15 January 2016`; in a range, only what the second date does not say again.
    pub(super) text: String,
}

/// A day, or the days from one to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DatesView {
    /// The day, or the first of several.
    pub(super) first: DateView,
    /// The last of several.
    pub(super) last: Option<DateView>,
}

impl DatesView {
    /// One day.
    pub(super) fn day(date: Date) -> Self {
        Self { first: view(date, long(date)), last: None }
    }

    /// From one day to another; a range without its beginning is its last day.
    pub(super) fn range(first: Option<Date>, last: Option<Date>) -> Option<Self> {
        match (first, last) {
            (Some(first), Some(last)) if first != last => {
                Some(Self { first: view(first, abridged(first, last)), last: Some(view(last, long(last))) })
            }
            (first, last) => first.or(last).map(Self::day),
        }
    }
}

fn view(date: Date, text: String) -> DateView {
    DateView { machine: date.to_string(), text }
}

fn month(date: Date) -> &'static str {
    // jiff's months are 1 to 12.
    MONTHS[usize::from(date.month().unsigned_abs()).saturating_sub(1) % 12]
}

fn long(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// `first` without the month and year that `last` repeats.
fn abridged(first: Date, last: Date) -> String {
    if first.year() != last.year() {
        long(first)
    } else if first.month() != last.month() {
        format!("{} {}", first.day(), month(first))
    } else {
        first.day().to_string()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn text(dates: &DatesView) -> String {
        match &dates.last {
            Some(last) => format!("{} to {}", dates.first.text, last.text),
            None => dates.first.text.clone(),
        }
    }

    #[test]
    fn a_day_is_written_out() {
        let day = DatesView::day(date(2016, 1, 15));
        assert_eq!((text(&day).as_str(), day.first.machine.as_str()), ("15 January 2016", "2016-01-15"));
    }

    #[test]
    fn a_range_says_month_and_year_once() {
        let range = |first, last| text(&DatesView::range(Some(first), Some(last)).expect("two dates"));
        assert_eq!(range(date(2016, 1, 15), date(2016, 1, 18)), "15 to 18 January 2016");
        assert_eq!(range(date(2016, 1, 30), date(2016, 2, 2)), "30 January to 2 February 2016");
        assert_eq!(range(date(2015, 12, 30), date(2016, 1, 2)), "30 December 2015 to 2 January 2016");
        assert_eq!(range(date(2016, 1, 15), date(2016, 1, 15)), "15 January 2016");
    }

    #[test]
    fn a_range_with_one_end_is_that_day() {
        let day = date(2016, 12, 31);
        assert_eq!(DatesView::range(None, Some(day)), DatesView::range(Some(day), None));
        assert_eq!(DatesView::range(None, None), None);
    }
}
