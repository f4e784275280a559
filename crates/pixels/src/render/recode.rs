//! What [`Recipe::Requantize`](crate::image::Recipe::Requantize) asks of a JPEG.

use jpeg::{Coding, Job};

use crate::base::error::Error;
use crate::base::recipe::{Encoding, Requantize};

/// The job; what it is made of is upright afterwards.
pub(super) fn job(recipe: &Requantize) -> Result<Job, Error> {
    let Encoding::Jpeg { quality, progressive, effort } = recipe.encoding else {
        return Err(Error::UnsuitableRecipe("only a JPEG has coefficients"));
    };
    Ok(Job { size: recipe.size, turn: recipe.turn, coding: Coding { quality, progressive, effort } })
}
