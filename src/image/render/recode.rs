//! A JPEG from a JPEG without pixels in between: [`Recipe::Requantize`](crate::image::Recipe::Requantize).

use crate::image::error::Error;
use crate::image::header::{Format, Header, Orientation};
use crate::image::jpeg::encode::Coding;
use crate::image::jpeg::layout::Layout;
use crate::image::jpeg::requantize::{Job, requantize};
use crate::image::metadata::carriers::Carriers;
use crate::image::metadata::kept::Kept;
use crate::image::raw::Preview;
use crate::image::recipe::{Encoding, Metadata, Requantize};

/// Makes what a recipe says of a JPEG, or of the one in a RAW file. What it is made of is upright afterwards.
pub(super) fn recode(bytes: &[u8], header: &Header, recipe: &Requantize) -> Result<Vec<u8>, Error> {
    const UNSUITABLE: Error = Error::UnsuitableRecipe("only a JPEG has coefficients");
    let Encoding::Jpeg { quality, progressive } = recipe.encoding else { return Err(UNSUITABLE) };
    let carriers = if recipe.metadata == Metadata::None { Carriers::default() } else { Carriers::find(bytes) };
    let kept = Kept::of(&carriers, recipe.metadata, Orientation::UPRIGHT, true);
    let job = Job { size: recipe.size, turn: recipe.turn, coding: Coding { quality, progressive }, kept: &kept };
    match header.format {
        Format::Jpeg => requantize(bytes, &Layout::read(bytes)?, &job),
        Format::Raw => {
            let Preview { jpeg, layout, .. } = Preview::find(bytes)?;
            requantize(jpeg, &layout, &job).map_err(Preview::error)
        }
        _ => Err(UNSUITABLE),
    }
}
