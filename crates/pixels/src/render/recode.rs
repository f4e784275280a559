//! Conversion of [`Recipe::Requantize`](crate::Recipe::Requantize) to parameters of the JPEG codec.

use jpeg::{Coding, Recoding, Size};

use crate::base::error::Error;
use crate::base::recipe::{Encoding, Requantize};

/// Returns the recoding of a picture of this stored size; the result is upright.
pub(super) fn recoding(recipe: &Requantize, stored: Size) -> Result<Recoding, Error> {
    let Encoding::Jpeg { quality, progressive, effort, chroma: _ } = recipe.encoding else {
        return Err(Error::UnsuitableRecipe("only a JPEG has coefficients"));
    };
    if recipe.size != recipe.turn.apply(stored) {
        return Err(Error::UnsuitableRecipe("coefficients have the size that they have"));
    }
    Ok(Recoding { turn: recipe.turn, coding: Coding { quality, progressive, effort } })
}
