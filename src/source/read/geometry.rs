//! `resize`: a percentage, as in récitale, or a geometry, as in GraphicsMagick.

use super::Reader;
use crate::diagnostic::Code;
use crate::source::yaml::Node;
use crate::source::{Geometry, Spanned};

/// Maximum side of a box, in pixels; larger boxes do not limit any photo.
const LARGEST: u32 = 1_000_000;

impl Reader {
    pub(super) fn geometry(&mut self, name: &str, node: &Node) -> Option<Spanned<Geometry>> {
        let Some(scalar) = node.scalar() else {
            self.wrong(name, "a size like `50%` or `1800x1200`", node, "write one size");
            return None;
        };
        match parse(scalar.text.trim()) {
            Ok(Parsed { geometry, note }) => {
                if let Some(note) = note {
                    self.report(
                        Code::SettingsIgnoredValue,
                        node.span,
                        format!("`{name}: {}`: {note}", scalar.text.trim()),
                        "see `resize` in docs/configuration.md",
                    );
                }
                Some(Spanned::new(geometry, node.span))
            }
            Err(help) => {
                let message =
                    format!("expected a size like `50%` or `1800x1200` for `{name}`, found {}", node.describe());
                self.report(Code::SettingsInvalidValue, node.span, message, help);
                None
            }
        }
    }
}

impl Geometry {
    /// Parses a geometry as written in settings.
    ///
    /// # Errors
    /// Advice for the author, in the imperative.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        parse(text.trim()).map(|parsed| parsed.geometry)
    }
}

#[derive(Debug, PartialEq)]
struct Parsed {
    geometry: Geometry,
    note: Option<&'static str>,
}

/// Parses a geometry.
///
/// # Errors
/// Advice for the author, in the imperative.
fn parse(text: &str) -> Result<Parsed, &'static str> {
    const FORMS: &str = "write a percentage (`50%`), a box (`1800x1200`), a width (`1800`) or a height (`x1200`)";
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, 'x' | 'X')).unwrap_or(text.len());
    let (size, flags) = text.split_at(end);
    let has = |flag: char| flags.contains(flag);
    if flags.contains(['+', '-']) {
        return Err("remove the offset; cimaise does not crop pictures");
    }
    if has('@') {
        return Err("areas (`@`) are not supported; write a box (`1800x1200`)");
    }
    if has('.') {
        return Err("write whole numbers");
    }
    if flags.chars().any(|flag| !"%!<>^".contains(flag)) {
        return Err(FORMS);
    }
    let (width, height) = match size.split_once(['x', 'X']) {
        Some((width, height)) => (side(width).ok_or(FORMS)?, side(height).ok_or(FORMS)?),
        None => (side(size).ok_or(FORMS)?, None),
    };
    let plain = |geometry| Ok(Parsed { geometry, note: None });
    let with = |geometry, note| Ok(Parsed { geometry, note: Some(note) });
    match (width, height) {
        (None, None) => Err(FORMS),
        (Some(_), Some(_)) if has('%') => Err("write one percentage; cimaise does not distort pictures"),
        (Some(percent), None) | (None, Some(percent)) if has('%') => {
            if percent > 100 {
                with(Geometry::Percent(100), "cimaise never enlarges pictures; using 100 %")
            } else {
                plain(Geometry::Percent(percent))
            }
        }
        _ if has('<') => with(Geometry::Percent(100), "cimaise never enlarges pictures; ignoring `<`"),
        (Some(width), Some(height)) if has('^') => plain(Geometry::Cover { width, height }),
        _ if has('!') => with(
            Geometry::Within { width, height },
            "cimaise never distorts pictures; fitting them into the box instead",
        ),
        _ => plain(Geometry::Within { width, height }),
    }
}

/// Parses one side: `Some(None)` if it is missing, `None` if it is invalid.
#[expect(clippy::option_option, reason = "absent and wrong are two answers")]
fn side(text: &str) -> Option<Option<u32>> {
    if text.is_empty() {
        return Some(None);
    }
    match text.parse::<u32>() {
        Ok(0) | Err(_) => None,
        Ok(side) => Some(Some(side.min(LARGEST))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Geometry, Parsed, parse};

    fn geometry(text: &str) -> Option<Geometry> {
        parse(text).ok().map(|Parsed { geometry, .. }| geometry)
    }

    #[test]
    fn percentages_and_boxes_are_understood() {
        let within = |width, height| Some(Geometry::Within { width, height });
        for (text, expected) in [
            ("50%", Some(Geometry::Percent(50))),
            ("100%", Some(Geometry::Percent(100))),
            ("150%", Some(Geometry::Percent(100))),
            ("800x600", within(Some(800), Some(600))),
            ("1800x1800>", within(Some(1800), Some(1800))),
            ("800x600!", within(Some(800), Some(600))),
            ("x600", within(None, Some(600))),
            ("800x", within(Some(800), None)),
            ("800", within(Some(800), None)),
            ("800x600^", Some(Geometry::Cover { width: 800, height: 600 })),
            ("800x600^>", Some(Geometry::Cover { width: 800, height: 600 })),
            ("800x600<", Some(Geometry::Percent(100))),
        ] {
            assert_eq!(geometry(text), expected, "{text}");
        }
    }

    #[test]
    fn what_would_distort_crop_or_say_nothing_is_refused() {
        for text in [
            "",
            "%",
            "x",
            "0",
            "0x0",
            "50%x30%",
            "50x30%",
            "1e3",
            "800x600+10+10",
            "90000@",
            "33.3%",
            "big",
            "8x6x4",
            "-5",
        ] {
            assert_eq!(geometry(text), None, "{text}");
        }
    }
}
