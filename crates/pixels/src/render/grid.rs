//! The grid of a rendition: the parameters of a recipe before the encoder.

use jpeg::{Orientation, Placing, Size};

use crate::base::error::Error;
use crate::base::recipe::{Encode, MAX_HALVINGS};

/// The samples of a rendition. Recipes with the same grid share everything up to the encoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Grid {
    /// Size after turning, in pixels.
    pub(super) size: Size,
    /// Transformation of the stored pixels.
    pub(super) turn: Orientation,
    /// Whether chroma has half the size.
    pub(super) half_chroma: bool,
}

impl Grid {
    /// Returns the grid of a recipe.
    pub(super) fn of(recipe: &Encode) -> Self {
        Self { size: recipe.size, turn: recipe.turn, half_chroma: recipe.halves_chroma() }
    }

    /// Returns the positions of the samples on a picture of this size, as stored.
    pub(super) fn placing(self, stored: Size) -> Placing {
        Placing::new(stored, self.turn, self.size, self.half_chroma)
    }
}

/// Refuses recipes that a plan never contains.
pub(super) fn check(recipe: &Encode, source: Size) -> Result<(), Error> {
    let target = recipe.turn.apply(recipe.size);
    if target.width == 0 || target.height == 0 {
        return Err(Error::UnsuitableRecipe("a rendition has at least one pixel"));
    }
    let mut level = source;
    for _ in 0..recipe.halvings.min(MAX_HALVINGS) {
        level = level.halved();
    }
    if target.width > level.width || target.height > level.height || recipe.halvings > MAX_HALVINGS {
        return Err(Error::UnsuitableRecipe("a rendition is never larger than its source"));
    }
    Ok(())
}
