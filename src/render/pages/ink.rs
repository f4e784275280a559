//! Whether a section needs dark or light text.
//!
//! Authors chose a section's background for dark text on white paper. A page in dark colours may not put light text on
//! it: the section then keeps the colours that it was made for.

use crate::site::Style;

/// The set of colours that a section keeps whatever the reader prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// Dark text on light.
    Light,
    /// Light text on dark.
    Dark,
}

impl Scheme {
    /// What the author's colours ask for; `None` if there are none, and the reader's preference holds.
    pub(super) fn of(style: &Style) -> Option<Self> {
        if !style.background.is_empty() {
            return Some(match luminance(&style.background) {
                Some(value) if value < MIDDLE => Self::Dark,
                Some(_) => Self::Light,
                // A gradient or a picture: if the text has a colour, that tells; else the author saw dark text on it.
                None => Self::under(&style.color).unwrap_or(Self::Light),
            });
        }
        Self::under(&style.color)
    }

    /// What suits text of this colour.
    fn under(color: &str) -> Option<Self> {
        (!color.is_empty()).then(|| match luminance(color) {
            Some(value) if value >= MIDDLE => Self::Dark,
            _ => Self::Light,
        })
    }

    /// The class that sets these colours.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Light => "on-light",
            Self::Dark => "on-dark",
        }
    }
}

/// The luminance, times 10,000, at which black and white text are equally legible (WCAG 2.2, relative luminance).
const MIDDLE: u32 = 1791;

/// Relative luminance of a CSS colour, times 10,000; `None` for what is not a plain opaque colour.
fn luminance(color: &str) -> Option<u32> {
    let [red, green, blue] = rgb(color.trim())?.map(linear);
    Some((2126 * red + 7152 * green + 722 * blue) / 10_000)
}

/// sRGB's transfer curve, with the exponent 2.2 by integers: x² · x^0.2 is near enough to tell dark from light.
fn linear(value: u8) -> u32 {
    let value = u32::from(value);
    // Between x² and x³: their weighted mean follows x^2.2 within 2 %.
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

/// The names that people write; any other counts as unknown.
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
