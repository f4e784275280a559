//! Dates in templates, and the filters `local_date` and `rfc822`.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use minijinja::value::{DynObject, Object, ObjectRepr};
use minijinja::{Error, ErrorKind, State, Value};

use super::refuse::refuse;
use crate::dates::{self, DateLocale};

/// A date that behaves like Python's `datetime.date` in templates.
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

/// Converts a value to a date; `None` if the value is empty or undefined.
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

/// Implements `date|local_date(pattern)`: formats a date in the site's date language, by a Unicode (CLDR) pattern or one of the format
/// names that Babel knows.
pub(super) fn local_date(value: &Value, pattern: Option<&str>, locale: &DateLocale) -> Result<String, Error> {
    let Some(date) = day(value)? else { return Ok(String::new()) };
    locale.format(date, pattern.unwrap_or("long")).map_err(|problem| {
        refuse(problem, "parts are `d`, `dd`, `M` to `MMMM`, `yy`, `yyyy`, `EEE` and `EEEE`; put words in `'`")
    })
}

/// Implements `date|rfc822`: formats a date for feeds.
pub(super) fn rfc822(value: &Value) -> Result<String, Error> {
    Ok(day(value)?.map(dates::rfc822).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(locale: &str, pattern: Option<&str>) -> String {
        let locale = DateLocale::new(locale).expect("known");
        let day = Day(jiff::civil::date(2016, 1, 5)).into();
        local_date(&day, pattern, &locale).unwrap_or_else(|error| format!("{error:#}"))
    }

    #[test]
    fn dates_are_printed_by_pattern_in_their_language() {
        assert_eq!(local("en", None), "5 January 2016");
        assert_eq!(local("fr_FR", None), "5 janvier 2016");
        assert_eq!(local("en", Some("dd/MM/yy")), "05/01/16");
        assert_eq!(local("en", Some("EEEE 'the' d. MMM y")), "Tuesday the 5. Jan 2016");
        assert!(local("en", Some("hh:mm")).contains('h'), "{}", local("en", Some("hh:mm")));
    }

    #[test]
    fn feeds_get_their_own_form_and_nothing_stays_nothing() {
        assert_eq!(rfc822(&Value::from("2016-01-05")).expect("a date"), "Tue, 05 Jan 2016 12:00:00 +0000");
        assert_eq!(rfc822(&Value::from("")).expect("nothing"), "");
        assert_eq!(local_date(&Value::UNDEFINED, None, &DateLocale::default()).expect("nothing"), "");
        assert!(rfc822(&Value::from("soon")).is_err());
    }
}
