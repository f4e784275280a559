//! What is made of which part of a source, decided before anything is decoded.
//!
//! In: the header and recipes. Out: passes, each of which decodes the source once, with a flat list of work. How pixels are made is not
//! known here.

use std::cmp::Reverse;

use super::grid::{Grid, check};
use super::placeholder;
use crate::base::error::Error;
use crate::base::header::Header;
use crate::base::recipe::{Colors, Metadata, Recipe};

/// Recipes that are made together, because all but the encoder is the same.
pub(super) struct Work<'a> {
    /// Each with its number.
    pub(super) recipes: Vec<(usize, &'a Recipe)>,
    /// The part of the source that they are made of.
    pub(super) source: Part,
    /// Their samples; none without renditions.
    pub(super) grid: Option<Grid>,
}

/// A part of a decoded source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The coefficients of a JPEG, as they come.
    Coefficients,
    /// The rows of the full size, as they come: the source is never in memory as a whole.
    Stream,
    /// The picture, halved this many times.
    Level(u8),
}

/// Work that needs the source decoded in the same way.
pub(super) struct Pass<'a> {
    /// The colours of the pixels.
    pub(super) colors: Colors,
    /// Whether 2×2 samples of luma need no more than one of chroma.
    pub(super) half_chroma: bool,
    /// First work on coefficients, which is the largest; then level by level, and in a level the largest grid first.
    pub(super) work: Vec<Work<'a>>,
}

/// All passes that the recipes need; those that keep the source's pixels need none.
pub(super) fn passes<'a>(header: &Header, recipes: &'a [Recipe]) -> Result<Vec<Pass<'a>>, Error> {
    let mut wanted = Vec::new();
    for (number, recipe) in recipes.iter().enumerate() {
        if let Recipe::Encode(encode) = recipe {
            check(encode, header.stored)?;
        }
        if let Some((source, grid)) = part(header, recipe) {
            wanted.push((Order::new(header, recipe, source, grid), number, recipe));
        }
    }
    wanted.sort_by_key(|(order, number, _)| (*order, *number));
    let passes = wanted.chunk_by(|(a, ..), (b, ..)| a.pass() == b.pass()).map(|pass| {
        let work = pass.chunk_by(|(a, ..), (b, ..)| a == b && a.source != Part::Coefficients).map(|alike| {
            let order = alike[0].0;
            let recipes = alike.iter().map(|(_, number, recipe)| (*number, *recipe)).collect();
            Work { recipes, source: order.source, grid: order.grid.map(|Reverse(grid)| grid) }
        });
        let order = pass[0].0;
        Pass { colors: order.colors, half_chroma: order.half_chroma.0, work: work.collect() }
    });
    Ok(passes.collect())
}

/// The part of the source that a recipe is made of, and its samples.
fn part(header: &Header, recipe: &Recipe) -> Option<(Part, Option<Grid>)> {
    match recipe {
        Recipe::Keep { .. } => None,
        Recipe::Requantize(_) => Some((Part::Coefficients, None)),
        Recipe::Survey { .. } => Some((Part::Level(placeholder::level(header.stored)), None)),
        Recipe::Encode(encode) => {
            let is_streamed = header.reduces() && encode.is_streamed(header.stored);
            let source = if is_streamed { Part::Stream } else { Part::Level(encode.halvings) };
            Some((source, Some(Grid::of(encode))))
        }
    }
}

/// In which order recipes are made; those of the same order are made together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    colors: Colors,
    half_chroma: Reverse<bool>,
    source: Part,
    grid: Option<Reverse<Grid>>,
}

impl Order {
    fn new(header: &Header, recipe: &Recipe, source: Part, grid: Option<Grid>) -> Self {
        let colors = match recipe {
            Recipe::Encode(encode) => encode.colors,
            Recipe::Survey { colors, .. } => *colors,
            // Without pixels, colours stay.
            Recipe::Requantize(_) | Recipe::Keep { .. } => Colors::Keep,
        };
        // Only a decoder that halves by itself makes less chroma.
        let half_chroma = header.reduces() && grid.is_none_or(|grid| grid.half_chroma);
        Self { colors, half_chroma: Reverse(half_chroma), source, grid: grid.map(Reverse) }
    }

    fn pass(&self) -> (Colors, Reverse<bool>) {
        (self.colors, self.half_chroma)
    }
}

/// The metadata that stays in the result of a recipe.
pub(super) fn metadata(recipe: &Recipe) -> Metadata {
    match recipe {
        Recipe::Encode(encode) => encode.metadata,
        Recipe::Requantize(requantize) => requantize.metadata,
        Recipe::Keep { metadata } => *metadata,
        Recipe::Survey { .. } => Metadata::None,
    }
}
