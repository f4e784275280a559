//! What a photographer says about a picture in XMP: in its own packet, or in a file beside it.
//!
//! In: packets, or the bytes of an XMP file. Out: a [`Sidecar`]. Must not know where files lie.

use jpeg::Orientation;
use serde::{Deserialize, Serialize};

use super::defaults::is_default;
use super::text::Words;
use super::time::Captured;
use super::xmp::{self, Packets, Xmp, names};
use crate::metadata::xmp::names::Name;

/// Limit on the keywords.
pub(super) const MOST_KEYWORDS: usize = 256;

/// The statements of an XMP file beside a picture; fields without information are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sidecar {
    /// The time at which the picture was taken.
    #[serde(skip_serializing_if = "is_default")]
    pub captured: Option<Captured>,
    /// The title.
    #[serde(skip_serializing_if = "is_default")]
    pub title: Words,
    /// The caption.
    #[serde(skip_serializing_if = "is_default")]
    pub caption: Words,
    /// The description for readers who do not see the picture.
    #[serde(skip_serializing_if = "is_default")]
    pub alt: Words,
    /// The user's comment.
    #[serde(skip_serializing_if = "is_default")]
    pub comment: Words,
    /// Keywords.
    #[serde(skip_serializing_if = "is_default")]
    pub keywords: Vec<String>,
    /// The number of stars, 0 to 5; -1 stands for a rejected picture.
    #[serde(skip_serializing_if = "is_default")]
    pub rating: Option<i8>,
    /// The transformation that turns the stored pixels upright.
    #[serde(skip_serializing_if = "is_default")]
    pub orientation: Option<Orientation>,
}

impl Sidecar {
    /// Reads an XMP file.
    ///
    /// # Errors
    /// The reason why the file cannot be read.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        Ok(Self::of(&Packets(vec![Xmp::parse(xmp::text(bytes)?)?])))
    }

    /// Reads the packets of a picture.
    pub(super) fn of(xmp: &Packets<'_>) -> Self {
        let property = |name: Name| xmp.property(name);
        let words = |names: &[Name]| {
            let mut all = names.iter().filter_map(|name| property(*name)).map(|value| value.words());
            all.find(|words| !words.is_empty()).unwrap_or_default()
        };
        let keywords = property(names::SUBJECT).map(|value| value.texts()).unwrap_or_default();
        let text = |name: Name| property(name)?.text();
        let turn = || text(names::ORIENTATION)?.trim().parse().ok().filter(|turn| (1..=8).contains(turn));
        Self {
            captured: names::TIMES.iter().find_map(|name| Captured::parse(&text(*name)?, None, None)),
            title: words(&[names::TITLE, names::HEADLINE]),
            caption: words(&[names::DESCRIPTION]),
            alt: words(&[names::ALT_TEXT, names::LONG_ALT_TEXT]),
            comment: words(&[names::USER_COMMENT]),
            keywords: keywords.into_iter().take(MOST_KEYWORDS).collect(),
            rating: text(names::RATING).and_then(|rating| stars(&rating)),
            orientation: turn().map(Orientation::from_exif),
        }
    }
}

/// Parses a number of stars; some programs write it with a fraction.
fn stars(text: &str) -> Option<i8> {
    let stars: f64 = text.trim().parse().ok()?;
    (-1.0..=5.0).contains(&stars).then_some(stars.floor() as i8)
}

#[cfg(test)]
#[path = "sidecar_tests.rs"]
mod tests;
