//! Resampling with Lanczos3 (three lobes, widened when the picture gets smaller).
//!
//! Columns first, then rows, in integers. The weights are computed in floating point, but only with exactly rounded operations, so that
//! they are the same on every machine.

use super::lanczos::Lobes;
use super::plane::{Density, Plane};
use super::turn::Turning;
use crate::error::Error;
use crate::orientation::Orientation;
use crate::simd::{self, Along, WEIGHT_BITS};

/// A grid of samples on one axis of the stored picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// Start of the first sample, in pixels of the picture; may be negative.
    pub(crate) start: f64,
    /// End of the last sample; may be beyond the picture.
    pub(crate) end: f64,
    /// Number of samples.
    pub(crate) count: u32,
}

impl Axis {
    /// A grid with one sample for each of the `target` pixels of the result, on a picture of `source` pixels.
    #[must_use]
    pub fn full(source: u32, target: u32) -> Self {
        Self { start: 0.0, end: f64::from(source), count: target }
    }

    /// A grid with one sample for every two of the `target` pixels of the result, beginning with its first pixel, which is at the end of
    /// the stored picture if the axis is mirrored. If `target` is odd, the last sample covers one pixel, and as much beyond.
    #[must_use]
    pub fn half(source: u32, target: u32, mirrored: bool) -> Self {
        let count = target.div_ceil(2);
        let span = f64::from(2 * count) * f64::from(source) / f64::from(target);
        if mirrored {
            Self { start: f64::from(source) - span, end: f64::from(source), count }
        } else {
            Self { start: 0.0, end: span, count }
        }
    }

    /// Returns the same grid in samples of a plane.
    fn on(self, density: Density) -> Self {
        let scale = |pixels: f64| pixels * f64::from(density.samples) / f64::from(density.pixels);
        Self { start: scale(self.start), end: scale(self.end), count: self.count }
    }
}

impl Axis {
    /// Whether the grid equals the plane's own, so that no resampling is needed.
    #[must_use]
    pub fn keeps(self, density: Density, samples: usize) -> bool {
        let Self { start, end, count } = self.on(density);
        start == 0.0 && end == samples as f64 && count as usize == samples
    }
}

/// Returns the plane on another grid, across and down, then turned. Lanczos3, widened when the picture gets smaller.
///
/// # Errors
/// [`Error::Unsuitable`] if the plane or a grid has no samples, or if the number of samples does not match the plane's sides;
/// [`Error::TooMuchMemory`].
pub fn resample(plane: &Plane, axes: [Axis; 2], turn: Orientation) -> Result<Plane, Error> {
    if plane.samples.is_empty() || !plane.is_sound() || axes.iter().any(|axis| axis.count == 0) {
        return Err(Error::Unsuitable("there are no samples to resample"));
    }
    let mut resampling = Resampling::new([plane.width, plane.height], plane.density, axes, turn)?;
    resampling.advance(plane.height, |y| plane.row(y));
    Ok(resampling.finish())
}

/// Resampling of a plane, with turning, while the rows of the source arrive.
#[derive(Debug)]
pub(crate) struct Resampling {
    made: Turning,
    along: Along,
    down: Weights,
    /// Number of rows of the source.
    height: usize,
    /// A row after the resampling of columns, before that of rows.
    row: Vec<i16>,
    /// Number of samples in a row of the source.
    width: usize,
    /// Whether the grid is that of the source, so that rows are only copied.
    same: bool,
}

impl Resampling {
    /// Resampling of a plane of this size and density. `axes`: across and down, as stored.
    pub(crate) fn new(
        [width, height]: [usize; 2],
        density: [Density; 2],
        [across, down]: [Axis; 2],
        turn: Orientation,
    ) -> Result<Self, Error> {
        let same = across.keeps(density[0], width) && down.keeps(density[1], height);
        let along = Weights::new(across.on(density[0]), width)?;
        let along = Along::new(along.taps, along.starts, along.weights);
        let down = Weights::new(down.on(density[1]), height)?;
        let made = Turning::new([along.count(), down.starts.len()], density, turn)?;
        let row = vec![0; along.reach().max(width)];
        Ok(Self { made, along, down, height, row, width, same })
    }

    /// Makes all rows that depend on the first `count` rows of the source alone. Rows before [`needs_from`](Self::needs_from) are not
    /// requested.
    pub(crate) fn advance<'r>(&mut self, count: usize, row: impl Fn(usize) -> &'r [u8]) {
        let taps = self.down.taps;
        let mut rows = Vec::with_capacity(taps);
        while let Some(first) = self.down.starts.get(self.made.rows()).map(|start| *start as usize) {
            if first + taps > count && count < self.height {
                break;
            }
            let number = self.made.rows();
            if self.same {
                self.made.push(|made| made.copy_from_slice(row(number)));
                continue;
            }
            rows.clear();
            // Rows beyond the last one have the weight 0.
            rows.extend((first..first + taps).map(|y| row(y.min(self.height - 1))));
            simd::down(&rows, &self.down.weights[number * taps..][..taps], &mut self.row[..self.width]);
            self.made.push(|made| simd::along(&self.row, &self.along, made));
        }
    }

    /// Returns the first row of the source that is still needed; `usize::MAX` if none is.
    pub(crate) fn needs_from(&self) -> usize {
        self.down.starts.get(self.made.rows()).map_or(usize::MAX, |start| *start as usize)
    }

    /// Discards all rows.
    pub(crate) fn restart(&mut self) {
        self.made.restart();
    }

    /// Returns the plane, after all rows have arrived.
    pub(crate) fn finish(self) -> Plane {
        self.made.finish()
    }
}

/// The weights of source samples along one axis.
#[derive(Debug)]
struct Weights {
    /// Number of weights per sample; even.
    taps: usize,
    /// First source sample of each sample.
    starts: Vec<u32>,
    /// `taps` weights per sample.
    weights: Vec<i16>,
}

impl Weights {
    /// The weights of a grid over `length` samples.
    fn new(axis: Axis, length: usize) -> Result<Self, Error> {
        let step = (axis.end - axis.start) / f64::from(axis.count);
        let (lobe, support) = (step.max(1.0), 3.0 * step.max(1.0));
        let taps = (((2.0 * support) as usize + 1).min(length)).next_multiple_of(2);
        let count = axis.count as usize;
        let mut weights = zeroed_weights(count, taps)?;
        let mut starts = Vec::with_capacity(count);
        let mut exact = Vec::with_capacity(taps);
        let lobes = Lobes::new(1.0 / lobe);
        for (number, weights) in weights.chunks_exact_mut(taps).enumerate() {
            let center = axis.start + (number as f64 + 0.5) * step - 0.5;
            // A grid may extend slightly beyond the last sample.
            let first = ((center - support).max(0.0).ceil() as usize).min(length - 1);
            let last = ((center + support).max(0.0) as usize).clamp(first, length - 1).min(first + taps - 1);
            exact.clear();
            lobes.sample((first as f64 - center) / lobe, last - first + 1, &mut exact);
            round(&exact, weights);
            starts.push(first as u32);
        }
        Ok(Self { taps, starts, weights })
    }
}

fn zeroed_weights(count: usize, taps: usize) -> Result<Vec<i16>, Error> {
    let mut weights = Vec::new();
    weights.try_reserve_exact(count * taps).map_err(|_| Error::TooMuchMemory)?;
    weights.resize(count * taps, 0);
    Ok(weights)
}

/// Rounds weights to integers in the same proportions, with a sum of exactly one: flat areas stay flat.
fn round(exact: &[f64], weights: &mut [i16]) {
    const ONE: i32 = 1 << WEIGHT_BITS;
    let sum: f64 = exact.iter().sum();
    // Far outside of the samples, only the last one counts.
    let sum = if sum.abs() < 1e-6 { f64::INFINITY } else { sum };
    for (weight, exact) in weights.iter_mut().zip(exact) {
        let scaled = exact / sum * f64::from(ONE);
        *weight = (scaled + 0.5_f64.copysign(scaled)) as i16;
    }
    let rest = ONE - weights.iter().map(|weight| i32::from(*weight)).sum::<i32>();
    if let Some(largest) = weights.iter_mut().max_by_key(|weight| **weight) {
        *largest = (i32::from(*largest) + rest) as i16;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::noise;

    fn resample(plane: &Plane, across: Axis, down: Axis) -> Result<Plane, Error> {
        super::resample(plane, [across, down], Orientation::UPRIGHT)
    }

    fn plane(width: usize, height: usize, density: [Density; 2], mut sample: impl FnMut(usize, usize) -> u8) -> Plane {
        let samples = (0..width * height).map(|i| sample(i % width, i / width)).collect();
        Plane { width, height, density, samples }
    }

    #[test]
    fn the_same_grid_changes_nothing() {
        let full = plane(31, 17, [Density::FULL; 2], |x, y| (x * 8 + y) as u8);
        let half = Density { samples: 1, pixels: 2 };
        let chroma = plane(16, 9, [half; 2], |x, y| (x * 13 + y * 5) as u8);
        assert_eq!(resample(&full, Axis::full(31, 31), Axis::full(17, 17)).unwrap().samples, full.samples);
        let same = resample(&chroma, Axis::half(31, 31, false), Axis::half(17, 17, false)).unwrap();
        assert_eq!(same.samples, chroma.samples);
    }

    #[test]
    fn a_ramp_keeps_its_place() {
        // Sample values are their positions: these must still be correct after resampling, whatever the density and direction.
        let (source, target) = (201, 67);
        for samples in [1, 2, 3, 4] {
            let density = Density { samples, pixels: 4 };
            let at = |i: usize| (i as f64 + 0.5) * 4.0 / f64::from(samples);
            let ramp = plane(density.count(source), 1, [density, Density::FULL], |x, _| at(x).round() as u8);
            for axis in
                [Axis::full(source, target), Axis::half(source, target, false), Axis::half(source, target, true)]
            {
                let found = resample(&ramp, axis, Axis::full(1, 1)).unwrap();
                let step = (axis.end - axis.start) / f64::from(axis.count);
                for x in 3..axis.count as usize - 3 {
                    let expected = axis.start + (x as f64 + 0.5) * step;
                    let error = f64::from(found.samples[x]) - expected;
                    assert!(error.abs() <= 1.01, "{samples}/4, {axis:?}: {error} at {x}");
                }
            }
        }
    }

    #[test]
    fn a_flat_plane_stays_flat() {
        for value in [0, 1, 127, 254, 255] {
            for (width, height) in [(1, 1), (1, 90), (90, 1), (64, 48)] {
                let flat = plane(width, height, [Density::FULL; 2], |_, _| value);
                let across = Axis::half(width as u32, (width as u32).div_ceil(3), true);
                let down = Axis::full(height as u32, (height as u32).div_ceil(5));
                let found = resample(&flat, across, down).unwrap();
                assert!(found.samples.iter().all(|sample| *sample == value), "{width} x {height}");
            }
        }
    }

    /// Compared with fast_image_resize, which rounds between columns and rows.
    #[test]
    fn photographs_come_out_as_another_resampler_makes_them() {
        use fast_image_resize::images::{TypedImage, TypedImageRef};
        use fast_image_resize::pixels::U8;
        use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

        let mut grain = noise(1);
        let source = plane(157, 133, [Density::FULL; 2], |x, y| {
            // Far from black and white, where the other resampler clips overshoots between columns and rows.
            70 + ((x + y + 60 * (x / 9 % 2) + 40 * (y / 7 % 2)) / 4) as u8 + (grain() >> 12) as u8
        });
        for (width, height) in [(157, 133), (150, 120), (79, 67), (61, 50), (40, 33), (7, 130), (1, 1)] {
            let found = resample(&source, Axis::full(157, width), Axis::full(133, height)).unwrap();
            let mut other = vec![0; (width * height) as usize];
            let mut target = TypedImage::<U8>::from_buffer(width, height, &mut other).unwrap();
            let image = TypedImageRef::<U8>::from_buffer(157, 133, &source.samples).unwrap();
            let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
            Resizer::new().resize_typed(&image, &mut target, &options).unwrap();
            let differences = found.samples.iter().zip(&other).map(|(a, b)| a.abs_diff(*b));
            assert!(differences.clone().all(|difference| difference <= 2), "{width} x {height}");
            let sum: u32 = differences.map(u32::from).sum();
            assert!(f64::from(sum) < 0.3 * f64::from(width * height), "{width} x {height}: {sum}");
        }
    }
}
