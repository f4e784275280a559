//! Reads single values: text, booleans, whole numbers, dates.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::Reader;
use super::fields::shortened;
use crate::diagnostic::Code;
use crate::source::Spanned;
use crate::source::keys::Range;
use crate::source::yaml::Node;

/// Keys whose texts are HTML fragments.
const MARKUP: [&str; 5] = ["title", "sub_title", "description", "text", "menu"];

/// How to write a date.
const DAY: &str = "write year, month and day, like `2016-01-31`";

impl Reader {
    /// Reads a text. A number keeps its spelling. `None` without a message if there is no value.
    pub(super) fn text(&mut self, name: &str, node: &Node) -> Option<Spanned<String>> {
        let Some(scalar) = node.scalar() else {
            self.wrong(name, "text", node, "write one text, in quotes if it begins with `[` or `{` or contains `: `");
            return None;
        };
        if scalar.is_null() {
            return None;
        }
        let is_control = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if let Some(control) = scalar.text.chars().find(is_control) {
            let message = format!("control character U+{:04X} in `{name}`", u32::from(control));
            let help = match self.written_at(node.span).contains('\\') {
                true => "in `\"..\"`, `\\` begins an escape; write `/` between folders, or use `'..'`",
                false => "remove it; pages cannot show control characters",
            };
            self.report(Code::SettingsInvalidValue, node.span, message, help);
            return None;
        }
        if MARKUP.contains(&name) {
            self.check_markup(&scalar.text, node.span);
        }
        Some(Spanned::new(scalar.text.clone(), node.span))
    }

    /// Reads a boolean. The words `yes`, `no`, `on` and `off` are accepted, too.
    pub(super) fn boolean(&mut self, name: &str, node: &Node) -> Option<Spanned<bool>> {
        const EXPECTED: &str = "`true` or `false`";
        let Some(scalar) = node.scalar() else {
            self.wrong(name, EXPECTED, node, &true_or_false(name));
            return None;
        };
        let value = match scalar.text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" | "1" => true,
            "false" | "no" | "off" | "n" | "0" => false,
            _ => {
                self.wrong(name, EXPECTED, node, &true_or_false(name));
                return None;
            }
        };
        let false_for_recitale = scalar.plain && matches!(scalar.text.as_str(), "false" | "False" | "FALSE" | "0");
        if !value && !false_for_recitale {
            let spelling = if scalar.plain { scalar.text.clone() } else { format!("\"{}\"", scalar.text) };
            let message = format!("`{name}: {spelling}` means `false`; récitale reads it as `true`");
            let help = "write `false`, or `true` to keep what récitale did";
            self.report(Code::CompatRecitale, node.span, message, help);
        }
        Some(Spanned::new(value, node.span))
    }

    /// Reads a whole number in this range, with or without quotes.
    pub(super) fn number(&mut self, name: &str, node: &Node, range: Range) -> Option<Spanned<u32>> {
        let range = range.numbers();
        let number = node.scalar().and_then(|scalar| scalar.text.trim().parse::<u32>().ok());
        match number.filter(|number| range.contains(number)) {
            Some(number) => Some(Spanned::new(number, node.span)),
            None => {
                let expected = format!("a whole number from {} to {}", range.start(), range.end());
                self.wrong(name, &expected, node, "write a whole number in this range, without a unit");
                None
            }
        }
    }

    /// Reads a date, with or without quotes.
    pub(super) fn date(&mut self, name: &str, node: &Node) -> Option<Spanned<Date>> {
        const EXPECTED: &str = "a date like `2016-01-31`";
        let Some(scalar) = node.scalar() else {
            self.wrong(name, EXPECTED, node, DAY);
            return None;
        };
        let text = scalar.text.trim();
        match parse_date(text) {
            Ok(date) => Some(Spanned::new(date, node.span)),
            Err(NoDate::NotInCalendar) => {
                let message = format!("`{text}` is not a valid date");
                self.report(Code::SettingsInvalidValue, node.span, message, DAY);
                None
            }
            Err(NoDate::WithTime(day)) => {
                let message = format!("expected a date without a time for `{name}`, found `{}`", shortened(text));
                self.report(Code::SettingsInvalidValue, node.span, message, format!("write `{day}`"));
                None
            }
            Err(NoDate::Other) => {
                self.wrong(name, EXPECTED, node, DAY);
                None
            }
        }
    }

    /// Reads a list of texts; a single text is a list of one. Empty items are dropped.
    pub(super) fn texts(&mut self, name: &str, node: &Node) -> Vec<Spanned<String>> {
        if node.map().is_some() {
            self.wrong(name, "a list of texts", node, &format!("write a list, like `{name}: [one, two]`"));
            return Vec::new();
        }
        let items = node.list().unwrap_or(std::slice::from_ref(node));
        items.iter().filter_map(|item| self.text(name, item)).collect()
    }
}

fn true_or_false(name: &str) -> String {
    format!("write `{name}: true` or `{name}: false`")
}

/// Parses a text that is a date and nothing else.
pub(super) fn day(text: &str) -> Option<Date> {
    parse_date(text).ok()
}

enum NoDate {
    NotInCalendar,
    WithTime(Date),
    Other,
}

fn parse_date(text: &str) -> Result<Date, NoDate> {
    let part_end = text.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(text.len());
    let parts: Vec<&str> = text[..part_end].split('-').collect();
    let [year, month, day] = parts[..] else { return Err(NoDate::Other) };
    let number = |part: &str, digits: RangeInclusive<usize>| {
        if digits.contains(&part.len()) { part.parse::<i16>().map_err(|_| NoDate::Other) } else { Err(NoDate::Other) }
    };
    let (year, month, day) = (number(year, 4..=4)?, number(month, 1..=2)?, number(day, 1..=2)?);
    // Two digits fit into an i8.
    let date = Date::new(year, month as i8, day as i8).map_err(|_| NoDate::NotInCalendar)?;
    match text[part_end..].chars().next() {
        None => Ok(date),
        Some('T' | 't' | ' ' | '\t') => Err(NoDate::WithTime(date)),
        Some(_) => Err(NoDate::Other),
    }
}
