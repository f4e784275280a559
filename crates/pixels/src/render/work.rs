//! The assignment of recipes to parts of a source, decided before anything is decoded.
//!
//! In: the header and recipes. Out: passes, each of which decodes the source once, with a flat list of work. Must not know how pixels are
//! made.

use std::cmp::Reverse;

use jpeg::DEEPEST;

use super::grid::{Grid, check};
use super::placeholder;
use crate::base::error::Error;
use crate::base::header::{Header, StoredChroma};
use crate::base::recipe::{Colors, Metadata, Recipe};

/// Recipes that are made together, because they differ only in the encoder.
pub(super) struct Work<'a> {
    /// The recipes, each with its number.
    pub(super) recipes: Vec<(usize, &'a Recipe)>,
    /// The part of the source from which they are made.
    pub(super) source: Part,
    /// The grid of their samples; `None` without renditions.
    pub(super) grid: Option<Grid>,
}

/// A part of a decoded source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The coefficients of a JPEG, while it is decoded.
    Coefficients,
    /// The rows of the full size, while they are decoded: the source is never in memory as a whole.
    Stream,
    /// The picture, halved this many times.
    Level(u8),
}

/// Work with the same requirements for decoding the source.
pub(super) struct Pass<'a> {
    /// The colours of the pixels.
    pub(super) colors: Colors,
    /// Whether one sample of chroma per 2×2 samples of luma is enough.
    pub(super) half_chroma: bool,
    /// First the work on coefficients, which is the largest; then level by level, and in a level the largest grid first.
    pub(super) work: Vec<Work<'a>>,
}

/// Returns all passes that the recipes need; recipes that keep the source's pixels need none.
pub(super) fn passes<'a>(header: &Header, recipes: &'a [Recipe]) -> Result<Vec<Pass<'a>>, Error> {
    let mut wanted = Vec::new();
    let half = halves_chroma(recipes);
    for (number, recipe) in recipes.iter().enumerate() {
        if let Recipe::Encode(encode) = recipe {
            check(encode, header.stored)?;
        }
        if let Some((source, grid)) = part(header, recipe) {
            wanted.push((Order::new(header, recipe, (source, grid), half), number, recipe));
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

/// Whether some recipes halve chroma, or none of them makes a rendition.
fn halves_chroma(recipes: &[Recipe]) -> bool {
    let mut full = false;
    let half = recipes.iter().any(|recipe| match recipe {
        Recipe::Encode(encode) if encode.halves_chroma() => true,
        Recipe::Encode(_) => {
            full = true;
            false
        }
        _ => false,
    });
    half || !full
}

/// Returns the part of the source from which a recipe is made, and the grid of its samples.
fn part(header: &Header, recipe: &Recipe) -> Option<(Part, Option<Grid>)> {
    match recipe {
        Recipe::Keep { .. } => None,
        Recipe::Requantize(_) => Some((Part::Coefficients, None)),
        Recipe::Survey { .. } => Some((Part::Level(placeholder::level(header.stored)), None)),
        Recipe::Encode(encode) => {
            let level = header.level(encode);
            let is_streamed = header.reduces() && encode.is_streamed(header.stored, level);
            let source = if is_streamed { Part::Stream } else { Part::Level(level) };
            Some((source, Some(Grid::of(encode))))
        }
    }
}

/// The order in which recipes are made; those with equal order are made together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    colors: Colors,
    half_chroma: Reverse<bool>,
    source: Part,
    grid: Option<Reverse<Grid>>,
}

impl Order {
    /// `half`: whether chroma is to be halved where it makes no difference.
    fn new(header: &Header, recipe: &Recipe, (source, grid): (Part, Option<Grid>), half: bool) -> Self {
        let colors = match recipe {
            Recipe::Encode(encode) => encode.colors,
            Recipe::Survey { colors, .. } => *colors,
            // Without decoded pixels, colours stay.
            Recipe::Requantize(_) | Recipe::Keep { .. } => Colors::Keep,
        };
        // Only a decoder that halves natively can decode less chroma.
        let is_full = header.coefficients.is_some_and(|coefficients| coefficients.chroma == StoredChroma::Full);
        let half_chroma = match (source, grid) {
            _ if !is_full => false,
            (_, Some(grid)) => grid.half_chroma,
            (Part::Coefficients | Part::Level(DEEPEST..), None) => half,
            (Part::Stream | Part::Level(_), None) => true,
        };
        Self { colors, half_chroma: Reverse(half_chroma), source, grid: grid.map(Reverse) }
    }

    fn pass(&self) -> (Colors, Reverse<bool>) {
        (self.colors, self.half_chroma)
    }
}

/// Returns the metadata that stays in the result of a recipe.
pub(super) fn metadata(recipe: &Recipe) -> Metadata {
    match recipe {
        Recipe::Encode(encode) => encode.metadata,
        Recipe::Requantize(requantize) => requantize.metadata,
        Recipe::Keep { metadata } => *metadata,
        Recipe::Survey { .. } => Metadata::None,
    }
}
