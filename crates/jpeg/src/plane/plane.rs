//! The samples of one component.

use crate::error::Error;

/// The samples of one component, row by row without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plane {
    /// Samples in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Samples for each pixel of the picture, across and down.
    pub density: [Density; 2],
    /// `width` × `height` samples.
    pub samples: Vec<u8>,
}

/// A number of samples for each pixel of the stored picture. The first sample begins where the first pixel does; the
/// last one may reach beyond the last pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Density {
    /// So many samples...
    pub samples: u32,
    /// ...for so many pixels.
    pub pixels: u32,
}

impl Density {
    /// A sample for each pixel.
    pub const FULL: Self = Self { samples: 1, pixels: 1 };

    /// How many samples cover so many pixels.
    pub fn count(self, pixels: u32) -> usize {
        (u64::from(pixels) * u64::from(self.samples)).div_ceil(u64::from(self.pixels)) as usize
    }
}

impl Plane {
    /// A plane of zeros, if there is memory for it.
    pub fn new(width: usize, height: usize, density: [Density; 2]) -> Result<Self, Error> {
        Ok(Self { width, height, density, samples: zeroed(width, height)? })
    }

    /// A plane of middle gray, if there is memory for it.
    pub fn gray(width: usize, height: usize, density: [Density; 2]) -> Result<Self, Error> {
        Ok(Self { width, height, density, samples: filled(width, height, 128)? })
    }

    /// A row.
    pub fn row(&self, y: usize) -> &[u8] {
        &self.samples[y * self.width..][..self.width]
    }
}

/// Zeros for so many samples; what does not fit into memory is an error rather than the end of the program.
pub fn zeroed(width: usize, height: usize) -> Result<Vec<u8>, Error> {
    filled(width, height, 0)
}

fn filled(width: usize, height: usize, value: u8) -> Result<Vec<u8>, Error> {
    let length = width.checked_mul(height).ok_or(Error::TooMuchMemory)?;
    let mut samples = Vec::new();
    samples.try_reserve_exact(length).map_err(|_| Error::TooMuchMemory)?;
    samples.resize(length, value);
    Ok(samples)
}
