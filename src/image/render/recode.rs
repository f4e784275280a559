//! What [`Recipe::Requantize`](crate::image::Recipe::Requantize) asks of a JPEG.

use crate::image::error::Error;
use crate::image::jpeg::encode::Coding;
use crate::image::jpeg::requantize::Job;
use crate::image::recipe::{Encoding, Requantize};

/// The job; what it is made of is upright afterwards.
pub(super) fn job(recipe: &Requantize) -> Result<Job, Error> {
    let Encoding::Jpeg { quality, progressive, effort } = recipe.encoding else {
        return Err(Error::UnsuitableRecipe("only a JPEG has coefficients"));
    };
    Ok(Job { size: recipe.size, turn: recipe.turn, coding: Coding { quality, progressive, effort } })
}
