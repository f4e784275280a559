//! The samples of one component.

use crate::error::Error;

/// The samples of one component, row by row without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plane {
    /// Number of samples in a row.
    pub width: usize,
    /// Number of rows.
    pub height: usize,
    /// Samples per pixel of the picture, across and down.
    pub density: [Density; 2],
    /// `width` × `height` samples, from the top left.
    pub samples: Vec<u8>,
}

/// Ratio of a plane's samples to the pixels of the stored picture. The first sample begins at the first pixel; the last one may extend
/// beyond the last pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Density {
    /// Number of samples.
    pub samples: u32,
    /// Number of pixels that these samples cover, at least 1.
    pub pixels: u32,
}

impl Density {
    /// One sample for each pixel.
    pub const FULL: Self = Self { samples: 1, pixels: 1 };

    /// Returns the number of samples that cover this many pixels.
    #[must_use]
    pub fn count(self, pixels: u32) -> usize {
        (u64::from(pixels) * u64::from(self.samples)).div_ceil(u64::from(self.pixels)) as usize
    }
}

impl Plane {
    /// A plane of zeros.
    ///
    /// # Errors
    /// [`Error::TooMuchMemory`] if the samples do not fit into memory.
    pub fn new(width: usize, height: usize, density: [Density; 2]) -> Result<Self, Error> {
        Ok(Self { width, height, density, samples: zeroed(width, height)? })
    }

    /// A plane of middle gray, 128.
    ///
    /// # Errors
    /// [`Error::TooMuchMemory`] if the samples do not fit into memory.
    pub fn gray(width: usize, height: usize, density: [Density; 2]) -> Result<Self, Error> {
        Ok(Self { width, height, density, samples: filled(width, height, 128)? })
    }

    /// Whether the number of samples matches width and height.
    pub(crate) fn is_sound(&self) -> bool {
        self.width.checked_mul(self.height) == Some(self.samples.len())
    }

    /// Returns the samples of a row.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn row(&self, y: usize) -> &[u8] {
        &self.samples[y * self.width..][..self.width]
    }
}

/// Returns `width` × `height` zeros. If there is no memory, it returns an error instead of aborting the program.
///
/// # Errors
/// [`Error::TooMuchMemory`] if the samples do not fit into memory.
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
