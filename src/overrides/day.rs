//! Dates in templates, and the filters `local_date` and `rfc822`.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use minijinja::value::{DynObject, Object, ObjectRepr};
use minijinja::{Error, ErrorKind, State, Value};

use super::error::refuse;

/// A day, as Python's `datetime.date` behaves in a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day(pub(super) Date);

impl From<Day> for Value {
    fn from(day: Day) -> Self {
        Self::from_object(day)
    }
}

impl Object for Day {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "year" => Some(Value::from(self.0.year())),
            "month" => Some(Value::from(self.0.month())),
            "day" => Some(Value::from(self.0.day())),
            _ => None,
        }
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        match method {
            "isoformat" => Ok(Value::from(self.0.to_string())),
            "strftime" => {
                let format = args.first().and_then(Value::as_str).unwrap_or_default();
                let text = jiff::fmt::strtime::format(format, self.0);
                let help = "use the filter `local_date`, as in `date|local_date(\"d MMMM yyyy\")`";
                text.map(Value::from)
                    .map_err(|cause| refuse(format!("cannot print a date as `{format}`: {cause}"), help))
            }
            _ => Err(Error::from(ErrorKind::UnknownMethod)),
        }
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        Some(self.0.cmp(&other.downcast_ref::<Self>()?.0))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The day that a value stands for; `None` if it is empty.
fn day(value: &Value) -> Result<Option<Date>, Error> {
    if let Some(day) = value.downcast_object_ref::<Day>() {
        return Ok(Some(day.0));
    }
    let text = value.as_str().map(str::trim);
    match text {
        Some("") => Ok(None),
        None if value.is_none() || value.is_undefined() => Ok(None),
        Some(text) if text.parse::<Date>().is_ok() => Ok(text.parse().ok()),
        _ => Err(refuse(format!("`{value}` is no date"), "write dates like `2016-01-31` in the settings")),
    }
}

/// `date|local_date(pattern)`: a date by a pattern of Unicode's (CLDR), or one of the words that Babel knows.
pub(super) fn local_date(value: &Value, pattern: Option<&str>) -> Result<String, Error> {
    let Some(date) = day(value)? else { return Ok(String::new()) };
    let pattern = match pattern.unwrap_or("long") {
        "short" => "dd/MM/yyyy",
        "medium" => "d MMM yyyy",
        "long" => "d MMMM yyyy",
        "full" => "EEEE, d MMMM yyyy",
        pattern => pattern,
    };
    print(date, pattern)
}

/// `date|rfc822`: as feeds write it.
pub(super) fn rfc822(value: &Value) -> Result<String, Error> {
    match day(value)? {
        Some(date) => print(date, "EEE, dd MMM yyyy '00:00:00 +0000'"),
        None => Ok(String::new()),
    }
}

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
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A date by a pattern: letters stand for its parts, and words in `'` for themselves.
fn print(date: Date, pattern: &str) -> Result<String, Error> {
    let mut text = String::new();
    let mut rest = pattern.chars().peekable();
    while let Some(letter) = rest.next() {
        if letter == '\'' {
            let quoted: String = rest.by_ref().take_while(|c| *c != '\'').collect();
            text.push_str(if quoted.is_empty() { "'" } else { &quoted });
            continue;
        }
        if !letter.is_ascii_alphabetic() {
            text.push(letter);
            continue;
        }
        let mut count = 1;
        while rest.next_if_eq(&letter).is_some() {
            count += 1;
        }
        text.push_str(&part(date, letter, count).ok_or_else(|| {
            let letters = letter.to_string().repeat(count);
            refuse(
                format!("`{letters}` is no part of a date"),
                "parts are `d`, `dd`, `M` to `MMMM`, `yy`, `yyyy`, `EEE` and `EEEE`; put words in `'`",
            )
        })?);
    }
    Ok(text)
}

fn part(date: Date, letter: char, count: usize) -> Option<String> {
    let month = MONTHS[usize::from(date.month().unsigned_abs()).saturating_sub(1) % 12];
    let weekday = DAYS[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()) % 7];
    let number = |number: i16, digits: usize| format!("{number:0digits$}");
    Some(match (letter, count) {
        ('d', 1..=2) => number(date.day().into(), count),
        ('M' | 'L', 1..=2) => number(date.month().into(), count),
        ('M' | 'L', 3) => month[..3].to_owned(),
        ('M' | 'L', 4) => month.to_owned(),
        ('y', 2) => number(date.year() % 100, 2),
        ('y' | 'Y' | 'u', 1..=4) => number(date.year(), count),
        ('E', 1..=3) => weekday[..3].to_owned(),
        ('E', 4) => weekday.to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(pattern: Option<&str>) -> String {
        local_date(&Day(jiff::civil::date(2016, 1, 5)).into(), pattern).unwrap_or_else(|error| format!("{error:#}"))
    }

    #[test]
    fn dates_are_printed_by_pattern() {
        assert_eq!(local(None), "5 January 2016");
        assert_eq!(local(Some("dd/MM/yy")), "05/01/16");
        assert_eq!(local(Some("EEEE 'the' d. MMM y")), "Tuesday the 5. Jan 2016");
        assert_eq!(local(Some("full")), "Tuesday, 5 January 2016");
        assert!(local(Some("hh:mm")).contains("`hh` is no part of a date"));
    }

    #[test]
    fn feeds_get_their_own_form_and_nothing_stays_nothing() {
        assert_eq!(rfc822(&Value::from("2016-01-05")).expect("a date"), "Tue, 05 Jan 2016 00:00:00 +0000");
        assert_eq!(rfc822(&Value::from("")).expect("nothing"), "");
        assert_eq!(local_date(&Value::UNDEFINED, None).expect("nothing"), "");
        assert!(rfc822(&Value::from("soon")).is_err());
    }
}
