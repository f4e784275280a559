//! Halving: each sample is the mean of 2×2.

use super::plane::{Density, Plane};
use crate::error::Error;

impl Plane {
    /// Returns the plane with half the width and height, rounded up: means of 2×2 samples. Beyond an odd edge, the last sample counts
    /// twice.
    ///
    /// # Errors
    /// [`Error::TooMuchMemory`] if the result does not fit into memory.
    pub fn halved(&self) -> Result<Self, Error> {
        let density = self.density.map(|density| Density { samples: density.samples, pixels: 2 * density.pixels });
        let mut half = Self::new(self.width.div_ceil(2), self.height.div_ceil(2), density)?;
        for (y, row) in half.samples.chunks_exact_mut(half.width).enumerate() {
            let top = self.row(2 * y);
            let bottom = if 2 * y + 1 < self.height { self.row(2 * y + 1) } else { top };
            // Always rounding halves up would brighten the picture a little with every level.
            let bias = if y % 2 == 0 { 1 } else { 2 };
            halve_row(top, bottom, bias, row);
        }
        Ok(half)
    }
}

fn halve_row(top: &[u8], bottom: &[u8], bias: u16, out: &mut [u8]) {
    let (top, top_odd) = top.as_chunks::<2>();
    let (bottom, bottom_odd) = bottom.as_chunks::<2>();
    for ((out, top), bottom) in out.iter_mut().zip(top).zip(bottom) {
        // Two neighbours are treated as one number, so that the compiler can use lanes of equal width without shuffles.
        let (top, bottom) = (u16::from_le_bytes(*top), u16::from_le_bytes(*bottom));
        let sum = (top & 0xFF) + (top >> 8) + (bottom & 0xFF) + (bottom >> 8);
        *out = ((sum + bias) >> 2) as u8;
    }
    if let ([top], [bottom], Some(out)) = (top_odd, bottom_odd, out.last_mut()) {
        *out = ((2 * (u16::from(*top) + u16::from(*bottom)) + bias) >> 2) as u8;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition, sample by sample.
    fn specified(plane: &Plane, x: usize, y: usize) -> u8 {
        let sample = |x: usize, y: usize| {
            u32::from(plane.samples[y.min(plane.height - 1) * plane.width + x.min(plane.width - 1)])
        };
        let sum: u32 = [(0, 0), (1, 0), (0, 1), (1, 1)].iter().map(|(dx, dy)| sample(2 * x + dx, 2 * y + dy)).sum();
        ((sum + if y.is_multiple_of(2) { 1 } else { 2 }) / 4) as u8
    }

    proptest! {
        #[test]
        fn every_sample_is_the_mean_of_four(width in 1_usize..70, height in 1_usize..9, seed in any::<[u8; 32]>()) {
            let samples: Vec<u8> = (0..width * height).map(|i| seed[i % 32].wrapping_mul(i as u8 | 1)).collect();
            let plane = Plane { width, height, density: [Density::FULL; 2], samples };
            let half = plane.halved().unwrap();
            prop_assert_eq!((half.width, half.height), (width.div_ceil(2), height.div_ceil(2)));
            for y in 0..half.height {
                for x in 0..half.width {
                    prop_assert_eq!(half.row(y)[x], specified(&plane, x, y), "at {}, {}", x, y);
                }
            }
        }
    }

    #[test]
    fn the_mean_of_the_whole_stays() {
        let samples = (0..256 * 256_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let plane = Plane { width: 256, height: 256, density: [Density::FULL; 2], samples };
        let mean = |plane: &Plane| {
            plane.samples.iter().map(|sample| f64::from(*sample)).sum::<f64>() / plane.samples.len() as f64
        };
        let quarter = plane.halved().unwrap().halved().unwrap();
        assert!((mean(&plane) - mean(&quarter)).abs() < 0.05, "{} became {}", mean(&plane), mean(&quarter));
    }
}
