//! Work on one component of a picture at a time: halving, resampling, turning.
//!
//! In: 8-bit samples of one component. Out: the same on another grid. All of it is integer arithmetic with one result on
//! every machine. What the samples mean is not known here.

mod halve;
pub(in crate::image) mod lanczos;
pub(in crate::image) mod placing;
pub(in crate::image) mod resample;
mod turn;

use super::error::Error;

/// The samples of one component, row by row without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::image) struct Plane {
    /// Samples in a row.
    pub(in crate::image) width: usize,
    /// Rows.
    pub(in crate::image) height: usize,
    /// Samples for each pixel of the picture, across and down.
    pub(in crate::image) density: [Density; 2],
    /// `width` × `height` samples.
    pub(in crate::image) samples: Vec<u8>,
}

/// A number of samples for each pixel of the stored picture. The first sample begins where the first pixel does; the
/// last one may reach beyond the last pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::image) struct Density {
    /// So many samples...
    pub(in crate::image) samples: u32,
    /// ...for so many pixels.
    pub(in crate::image) pixels: u32,
}

impl Density {
    /// A sample for each pixel.
    pub(in crate::image) const FULL: Self = Self { samples: 1, pixels: 1 };

    /// How many samples cover so many pixels.
    pub(in crate::image) fn count(self, pixels: u32) -> usize {
        (u64::from(pixels) * u64::from(self.samples)).div_ceil(u64::from(self.pixels)) as usize
    }
}

impl Plane {
    /// A plane of zeros, if there is memory for it.
    pub(in crate::image) fn new(width: usize, height: usize, density: [Density; 2]) -> Result<Self, Error> {
        Ok(Self { width, height, density, samples: zeroed(width, height)? })
    }

    /// A plane of middle gray, if there is memory for it.
    pub(in crate::image) fn gray(width: usize, height: usize, density: [Density; 2]) -> Result<Self, Error> {
        Ok(Self { width, height, density, samples: filled(width, height, 128)? })
    }

    /// A row.
    pub(in crate::image) fn row(&self, y: usize) -> &[u8] {
        &self.samples[y * self.width..][..self.width]
    }
}

/// Zeros for so many samples; what does not fit into memory is an error rather than the end of the program.
pub(in crate::image) fn zeroed(width: usize, height: usize) -> Result<Vec<u8>, Error> {
    filled(width, height, 0)
}

fn filled(width: usize, height: usize, value: u8) -> Result<Vec<u8>, Error> {
    let length = width.checked_mul(height).ok_or(Error::TooMuchMemory)?;
    let mut samples = Vec::new();
    samples.try_reserve_exact(length).map_err(|_| Error::TooMuchMemory)?;
    samples.resize(length, value);
    Ok(samples)
}
