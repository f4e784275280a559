//! From a JPEG file to one of the same size with fewer bytes, without pixels: coefficients are read, quantized more coarsely, turned,
//! and written again, with the sampling that they have.
//!
//! Nothing is rounded to samples in between, so the result is nearer to the source than what is encoded again from pixels, and it costs
//! less. Whose coefficients are written again, [`suits`] tells. What a recipe, a plan or a profile is, is not known here.

mod kernel;
mod picture;
mod shelf;
mod shift;
mod steps;
mod turn;

use super::decode::Frame;
use super::encode::{self, Coding};
use super::layout::{ColorModel, Layout};
use crate::image::error::Error;
use crate::image::header::{Orientation, Size};
use crate::image::metadata::kept::Kept;
pub(in crate::image) use picture::Requantized;

/// What to make.
#[derive(Debug, Clone, Copy)]
pub(in crate::image) struct Job {
    /// Size of the result, after turning.
    pub(in crate::image) size: Size,
    /// How the stored picture is turned.
    pub(in crate::image) turn: Orientation,
    /// How it is coded.
    pub(in crate::image) coding: Coding,
}

/// The most blocks that a minimum coded unit may have (T.81, B.2.3).
const BLOCKS_IN_A_UNIT: u32 = 10;

/// Whether the coefficients of such a file can be written again: of gray or Y'CbCr with 8 bits, and sampling factors that other
/// decoders read, too, which is to say that the largest is a multiple of each.
pub(in crate::image) fn suits(layout: &Layout<'_>) -> bool {
    if layout.precision != 8 || !matches!(layout.color, ColorModel::Gray | ColorModel::YCbCr) {
        return false;
    }
    let factors = factors(layout);
    let largest = [0, 1].map(|side| factors.iter().map(|factors| factors[side]).max().unwrap_or(1));
    let whole = factors.iter().all(|factors| [0, 1].iter().all(|side| largest[*side] % factors[*side] == 0));
    let blocks: u32 = factors.iter().map(|[across, down]| across * down).sum();
    whole && blocks <= BLOCKS_IN_A_UNIT
}

impl Requantized {
    /// For a file whose `layout` has been read, before its coefficients come.
    ///
    /// # Errors
    /// If it is none of those for which this works, or if there is no memory left.
    pub(in crate::image) fn begin(layout: &Layout<'_>, job: Job) -> Result<Self, Error> {
        if !suits(layout) {
            return Err(Error::UnsuitableRecipe("these coefficients cannot be written again"));
        }
        if job.size != job.turn.apply(layout.size) {
            return Err(Error::UnsuitableRecipe("coefficients have the size that they have"));
        }
        Self::new(&Frame::of(layout), &factors(layout), job)
    }

    /// The bytes of a file, when all has come that will. What is missing is gray.
    pub(in crate::image) fn write(self, profile: Option<&[u8]>, kept: &Kept) -> Result<Vec<u8>, Error> {
        let Job { size, coding, .. } = self.job;
        let (mut components, steps) = self.finish()?;
        // No side of a picture that is read is longer than 16 bits can tell.
        let frame = encode::Frame { size: [size.width as u16, size.height as u16], steps };
        encode::write(&frame, &mut components, coding, profile, kept)
    }
}

/// The sampling factors of the components without what is common to all of them, which says nothing.
fn factors(layout: &Layout<'_>) -> Vec<[u32; 2]> {
    let all = || layout.components.iter().map(|component| [component.horizontal, component.vertical].map(u32::from));
    if layout.components.len() == 1 {
        return vec![[1; 2]];
    }
    let common = [0, 1].map(|side| all().fold(0, |common, factors| divisor(common, factors[side])).max(1));
    all().map(|[across, down]| [across / common[0], down / common[1]]).collect()
}

/// The greatest common divisor.
fn divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { divisor(b, a % b) }
}

#[cfg(test)]
mod tests;
