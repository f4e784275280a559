//! Chooses dark or light text for a section.
//!
//! Authors choose the background of a section for dark text on white paper. A page in dark colours must not put light text on that
//! background: the section keeps the colours that it was designed for.

use crate::site::Style;

/// A set of colours that a section keeps, regardless of the reader's preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// Dark text on a light background.
    Light,
    /// Light text on a dark background.
    Dark,
}

impl Scheme {
    /// Returns the scheme that the author's colours require; `None` without colours, when the reader's preference applies.
    pub(super) fn of(style: &Style) -> Option<Self> {
        if !style.background.is_empty() {
            return Some(match luminance(&style.background) {
                Some(value) if value < MIDDLE => Self::Dark,
                Some(_) => Self::Light,
                // A gradient or a picture: the colour of the text decides. Without one, the author saw dark text on it.
                None => Self::under(&style.color).unwrap_or(Self::Light),
            });
        }
        Self::under(&style.color)
    }

    /// Returns the scheme for text of this colour.
    fn under(color: &str) -> Option<Self> {
        (!color.is_empty()).then(|| match luminance(color) {
            Some(value) if value >= MIDDLE => Self::Dark,
            _ => Self::Light,
        })
    }

    /// Returns the CSS class of this scheme.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Light => "on-light",
            Self::Dark => "on-dark",
        }
    }
}

/// Relative luminance (WCAG 2.2), times 10,000, at which black and white text are equally legible.
const MIDDLE: u32 = 1791;

/// Returns the relative luminance of a CSS colour, times 10,000; `None` if it is not a plain opaque colour.
fn luminance(color: &str) -> Option<u32> {
    let [red, green, blue] = rgb(color.trim())?.map(linear);
    Some((2126 * red + 7152 * green + 722 * blue) / 10_000)
}

/// Returns the linear value of an sRGB sample, times 10,000. An exponent of 2.2 in integer arithmetic is precise enough here.
fn linear(value: u8) -> u32 {
    let value = u32::from(value);
    // The weighted mean of x² and x³ deviates from x^2.2 by at most 2 %.
    let (square, cube) = (value * value * 10_000 / (255 * 255), value * value / 255 * value * 10_000 / (255 * 255));
    (square * 4 + cube) / 5
}

fn rgb(color: &str) -> Option<[u8; 3]> {
    let lower = color.to_ascii_lowercase();
    if let Some(hex) = lower.strip_prefix('#') {
        return from_hex(hex);
    }
    if let Some(list) = lower.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
        let mut parts = list.split([',', ' ']).filter(|part| !part.is_empty()).map(|part| part.parse::<u8>().ok());
        return match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(red), Some(green), Some(blue), None) => Some([red?, green?, blue?]),
            _ => None,
        };
    }
    NAMES.iter().find(|(name, _)| *name == lower).map(|&(_, rgb)| rgb)
}

fn from_hex(hex: &str) -> Option<[u8; 3]> {
    if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(hex, 16).ok()?;
    let byte = |shift: u32| u8::try_from(value >> shift & 0xff).ok();
    let nibble = |shift: u32| u8::try_from(value >> shift & 0xf).ok().map(|digit| digit * 17);
    match hex.len() {
        3 => Some([nibble(8)?, nibble(4)?, nibble(0)?]),
        6 => Some([byte(16)?, byte(8)?, byte(0)?]),
        _ => None,
    }
}

/// Common colour names; all others count as unknown.
const NAMES: [(&str, [u8; 3]); 24] = [
    ("black", [0, 0, 0]),
    ("white", [255, 255, 255]),
    ("red", [255, 0, 0]),
    ("green", [0, 128, 0]),
    ("blue", [0, 0, 255]),
    ("yellow", [255, 255, 0]),
    ("orange", [255, 165, 0]),
    ("purple", [128, 0, 128]),
    ("navy", [0, 0, 128]),
    ("maroon", [128, 0, 0]),
    ("teal", [0, 128, 128]),
    ("olive", [128, 128, 0]),
    ("gray", [128, 128, 128]),
    ("grey", [128, 128, 128]),
    ("silver", [192, 192, 192]),
    ("dimgray", [105, 105, 105]),
    ("dimgrey", [105, 105, 105]),
    ("darkgray", [169, 169, 169]),
    ("darkgrey", [169, 169, 169]),
    ("lightgray", [211, 211, 211]),
    ("lightgrey", [211, 211, 211]),
    ("whitesmoke", [245, 245, 245]),
    ("ivory", [255, 255, 240]),
    ("beige", [245, 245, 220]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(background: &str, color: &str) -> Option<Scheme> {
        Scheme::of(&Style { background: background.into(), color: color.into(), declarations: String::new() })
    }

    #[test]
    fn a_background_decides_by_its_luminance() {
        for dark in ["#000", "#1b1b1b", "black", "rgb(20, 30, 40)", "rgb(20 30 40)", "NAVY"] {
            assert_eq!(scheme(dark, ""), Some(Scheme::Dark), "{dark}");
        }
        for light in ["#fff", "#F5F5DC", "white", "rgb(200,200,200)", "yellow"] {
            assert_eq!(scheme(light, ""), Some(Scheme::Light), "{light}");
        }
    }

    #[test]
    fn an_unknown_background_was_made_for_dark_text_unless_the_text_is_light() {
        assert_eq!(scheme("url(paper.jpg)", ""), Some(Scheme::Light));
        assert_eq!(scheme("url(night.jpg)", "white"), Some(Scheme::Dark));
        assert_eq!(scheme("#12", ""), Some(Scheme::Light));
        assert_eq!(scheme("#+12", ""), Some(Scheme::Light));
    }

    #[test]
    fn a_text_colour_alone_brings_its_paper() {
        assert_eq!(scheme("", "#333"), Some(Scheme::Light));
        assert_eq!(scheme("", "#eee"), Some(Scheme::Dark));
        assert_eq!(scheme("", ""), None);
    }
}
