//! The pixels of a file.

use super::formats::doors;
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::format::Format;

/// Decodes a file, or the first frame of an animation.
pub(crate) fn decode(bytes: &[u8], format: Format, wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    if !wanted.coefficients.is_empty() && !matches!(format, Format::Jpeg | Format::Raw) {
        return Err(Error::UnsuitableRecipe("only a JPEG has coefficients"));
    }
    (doors(format).decode)(bytes, wanted)
}
