//! Making of recipes from a part of a decoded source.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jpeg::{Encoder, Orientation, Parallelism, Requantizer};

use super::place::place;
use super::placeholder;
use super::source::Source;
use super::work::{Work, metadata};
use super::write::encode;
use crate::base::error::Error;
use crate::base::picture::Picture;
use crate::base::recipe::{Background, Recipe, Survey};
use crate::formats::jpeg::attached::attached;

/// Results, each with the number of its recipe; `None` if half of the chroma would lose detail.
pub(super) type Made = Result<Vec<(usize, Option<Vec<u8>>)>, Error>;

/// The input of a piece of work.
pub(super) enum Material {
    /// Coefficients that are already quantized.
    Coefficients(Requantizer),
    /// A picture on the grid of its recipes.
    Placed(Picture),
    /// One of the levels.
    Level(u8),
}

/// State that all pieces of work share.
pub(super) struct Maker<'a> {
    pub(super) levels: BTreeMap<u8, Picture>,
    pub(super) source: Source,
    pub(super) parallelism: &'a dyn Parallelism,
}

impl Maker<'_> {
    /// Makes the recipes of a piece of work.
    pub(super) fn make(&self, work: &Work<'_>, material: Material, encoder: &mut Encoder) -> Made {
        match material {
            Material::Coefficients(coefficients) => self.requantized(work, coefficients),
            Material::Placed(picture) => self.encoded(Cow::Owned(picture), work, encoder),
            Material::Level(level) => self.of_level(&self.levels[&level], work, encoder),
        }
    }

    fn requantized(&self, work: &Work<'_>, coefficients: Requantizer) -> Made {
        let (number, recipe) = work.recipes[0];
        let profile = self.source.profile.as_deref();
        let kept = &self.source.kept[&metadata(recipe)];
        let bytes = attached(profile, kept, |attachments| coefficients.write(attachments))?;
        Ok(vec![(number, Some(bytes))])
    }

    fn of_level(&self, level: &Picture, work: &Work<'_>, encoder: &mut Encoder) -> Made {
        let Some(grid) = work.grid else {
            let surveys = work.recipes.iter().filter_map(|(number, recipe)| match recipe {
                Recipe::Survey { turn, background, .. } => {
                    Some((*number, Some(self.survey(level, *turn, *background))))
                }
                _ => None,
            });
            return Ok(surveys.collect());
        };
        let placed = place(level, grid, self.parallelism)?.map_or(Cow::Borrowed(level), Cow::Owned);
        self.encoded(placed, work, encoder)
    }

    /// Returns the mean colours of a picture, and the damage of its source.
    fn survey(&self, level: &Picture, turn: Orientation, background: Background) -> Vec<u8> {
        let placeholder = placeholder::placeholder(level, turn, background, self.source.profile.as_deref());
        Survey { placeholder, damage: self.source.damage }.to_bytes()
    }

    /// Encodes a placed picture for all recipes; the last one consumes it.
    fn encoded(&self, placed: Cow<'_, Picture>, work: &Work<'_>, encoder: &mut Encoder) -> Made {
        let mut recipes = work.recipes.iter().filter_map(|(number, recipe)| match recipe {
            Recipe::Encode(encode) => Some((*number, encode)),
            _ => None,
        });
        let Some((number, last)) = recipes.next_back() else { return Ok(Vec::new()) };
        let mut made = Vec::new();
        for (number, recipe) in recipes {
            made.push((number, encode(Cow::Borrowed(&*placed), recipe, &self.source, encoder)?));
        }
        made.push((number, encode(placed, last, &self.source, encoder)?));
        Ok(made)
    }
}
