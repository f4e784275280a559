//! Resampling with Lanczos3 (three lobes, widened when the picture gets smaller).
//!
//! fast_image_resize works with weights rounded to 16 bits and sums in 32, with the same result under every instruction
//! set. The weights themselves are computed here, because the C library's sine, which it would use, differs between
//! systems in the last bit, and one bit may decide how a weight is rounded.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8;
use fast_image_resize::{Filter, FilterType, ResizeAlg, ResizeOptions, Resizer};

use super::{Density, Plane, zeroed};
use crate::image::error::Error;

/// Brings planes onto other grids; keeps the memory that it needs for that.
pub(in crate::image) struct Resampler {
    resizer: Resizer,
    algorithm: ResizeAlg,
}

/// A grid of samples laid over one axis of the stored picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::image) struct Axis {
    /// Where the first sample begins, in pixels of the picture; may be negative.
    pub(in crate::image) start: f64,
    /// Where the last one ends; may be beyond the picture.
    pub(in crate::image) end: f64,
    /// How many.
    pub(in crate::image) count: u32,
}

impl Axis {
    /// As many samples as the result has pixels.
    pub(in crate::image) fn full(source: u32, target: u32) -> Self {
        Self { start: 0.0, end: f64::from(source), count: target }
    }

    /// A sample for each two pixels of the result, the first pair at its own beginning: that is at the end of the stored
    /// picture if the axis is mirrored. Of an odd number of pixels, the last sample covers one, and as much beyond.
    pub(in crate::image) fn half(source: u32, target: u32, mirrored: bool) -> Self {
        let count = target.div_ceil(2);
        let span = f64::from(2 * count) * f64::from(source) / f64::from(target);
        if mirrored {
            Self { start: f64::from(source) - span, end: f64::from(source), count }
        } else {
            Self { start: 0.0, end: span, count }
        }
    }

    /// The same in samples of a plane.
    fn on(self, density: Density) -> Self {
        let scale = |pixels: f64| pixels * f64::from(density.samples) / f64::from(density.pixels);
        Self { start: scale(self.start), end: scale(self.end), count: self.count }
    }
}

impl Axis {
    /// Whether it is just that of so many samples, which then can stay as they are.
    pub(in crate::image) fn keeps(self, density: Density, samples: usize) -> bool {
        let Self { start, end, count } = self.on(density);
        start == 0.0 && end == samples as f64 && count as usize == samples
    }
}

impl Resampler {
    /// A resampler.
    pub(in crate::image) fn new() -> Result<Self, Error> {
        let filter = Filter::new("Lanczos3", lanczos3, 3.0).map_err(|error| Error::Encode(error.to_string()))?;
        let algorithm = ResizeAlg::Convolution(FilterType::Custom(filter));
        Ok(Self { resizer: Resizer::new(), algorithm })
    }

    /// The plane on another grid.
    pub(in crate::image) fn resample(&mut self, plane: &Plane, across: Axis, down: Axis) -> Result<Plane, Error> {
        let [across, down] = [across.on(plane.density[0]), down.on(plane.density[1])];
        let margins = Margins::of(plane, across, down);
        if margins == Margins::default() {
            return self.convolve(plane, across, down);
        }
        let shift = |axis: Axis, by: usize| Axis { start: axis.start + by as f64, end: axis.end + by as f64, ..axis };
        let widened = margins.add_to(plane)?;
        self.convolve(&widened, shift(across, margins.left), shift(down, margins.top))
    }

    fn convolve(&mut self, plane: &Plane, across: Axis, down: Axis) -> Result<Plane, Error> {
        let failed = |error: &dyn std::fmt::Display| Error::Encode(format!("resampling failed: {error}"));
        let source = TypedImageRef::<U8>::from_buffer(plane.width as u32, plane.height as u32, &plane.samples)
            .map_err(|error| failed(&error))?;
        let (width, height) = (across.count as usize, down.count as usize);
        let mut samples = zeroed(width, height)?;
        let mut target =
            TypedImage::<U8>::from_buffer(across.count, down.count, &mut samples).map_err(|error| failed(&error))?;
        let options = ResizeOptions::new().resize_alg(self.algorithm).use_alpha(false).crop(
            across.start,
            down.start,
            across.end - across.start,
            down.end - down.start,
        );
        // Typed, because the untyped call brings the kernels of every pixel type into this crate: a minute of compiling.
        self.resizer.resize_typed(&source, &mut target, &options).map_err(|error| failed(&error))?;
        Ok(Plane { width, height, density: plane.density, samples })
    }
}

/// How many samples a grid reaches beyond a plane on each side.
#[derive(Debug, Default, PartialEq, Eq)]
struct Margins {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

impl Margins {
    fn of(plane: &Plane, across: Axis, down: Axis) -> Self {
        let before = |axis: Axis| (-axis.start).max(0.0).ceil() as usize;
        let after = |axis: Axis, samples: usize| (axis.end - samples as f64).max(0.0).ceil() as usize;
        Self {
            left: before(across),
            right: after(across, plane.width),
            top: before(down),
            bottom: after(down, plane.height),
        }
    }

    /// The plane with its edges repeated outwards.
    fn add_to(&self, plane: &Plane) -> Result<Plane, Error> {
        let width = self.left + plane.width + self.right;
        let mut wide = Plane::new(width, self.top + plane.height + self.bottom, plane.density)?;
        for (y, row) in wide.samples.chunks_exact_mut(width).enumerate() {
            let source = plane.row(y.saturating_sub(self.top).min(plane.height - 1));
            let (left, rest) = row.split_at_mut(self.left);
            let (middle, right) = rest.split_at_mut(plane.width);
            left.fill(source[0]);
            middle.copy_from_slice(source);
            right.fill(source[plane.width - 1]);
        }
        Ok(wide)
    }
}

fn lanczos3(x: f64) -> f64 {
    if x == 0.0 {
        1.0
    } else if x.abs() < 3.0 {
        let pi_x = std::f64::consts::PI * x;
        3.0 * sin_pi(x) * sin_pi(x / 3.0) / (pi_x * pi_x)
    } else {
        0.0
    }
}

/// The Taylor series of sin(x) / x in powers of x², from the highest: 1/21!, -1/19!, ..., 1.
const SERIES: [f64; 11] = {
    let mut series = [1.0; 11];
    let mut power = 1;
    while power < 11 {
        let n = (2 * power) as f64;
        series[10 - power] = -series[11 - power] / (n * (n + 1.0));
        power += 1;
    }
    series
};

/// The sine of πx for |x| up to 3: the series, after reduction to a quarter turn either way, in nothing but exactly
/// rounded operations.
fn sin_pi(x: f64) -> f64 {
    let nearest = (x + 0.5_f64.copysign(x)) as i32;
    let angle = (x - f64::from(nearest)) * std::f64::consts::PI;
    let square = angle * angle;
    let sine = angle * SERIES.iter().fold(0.0, |sum, factor| sum * square + factor);
    if nearest % 2 == 0 { sine } else { -sine }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(width: usize, height: usize, density: [Density; 2], sample: impl Fn(usize, usize) -> u8) -> Plane {
        let samples = (0..width * height).map(|i| sample(i % width, i / width)).collect();
        Plane { width, height, density, samples }
    }

    #[test]
    fn the_sine_is_one() {
        for i in -300..=300 {
            let x = f64::from(i) / 100.0;
            assert!((sin_pi(x) - (std::f64::consts::PI * x).sin()).abs() < 1e-14, "at {x}");
        }
    }

    #[test]
    fn the_same_grid_changes_nothing() {
        let full = plane(31, 17, [Density::FULL; 2], |x, y| (x * 8 + y) as u8);
        let half = Density { samples: 1, pixels: 2 };
        let chroma = plane(16, 9, [half; 2], |x, y| (x * 13 + y * 5) as u8);
        let mut resampler = Resampler::new().unwrap();
        assert_eq!(resampler.resample(&full, Axis::full(31, 31), Axis::full(17, 17)).unwrap().samples, full.samples);
        let same = resampler.resample(&chroma, Axis::half(31, 31, false), Axis::half(17, 17, false)).unwrap();
        assert_eq!(same.samples, chroma.samples);
    }

    #[test]
    fn a_ramp_keeps_its_place() {
        // Samples say where they are: after resampling they must still be right, whatever density and direction.
        let (source, target) = (201, 67);
        for samples in [1, 2, 3, 4] {
            let density = Density { samples, pixels: 4 };
            let at = |i: usize| (i as f64 + 0.5) * 4.0 / f64::from(samples);
            let ramp = plane(density.count(source), 1, [density, Density::FULL], |x, _| at(x).round() as u8);
            for axis in
                [Axis::full(source, target), Axis::half(source, target, false), Axis::half(source, target, true)]
            {
                let found = Resampler::new().unwrap().resample(&ramp, axis, Axis::full(1, 1)).unwrap();
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
        let mut resampler = Resampler::new().unwrap();
        for value in [0, 1, 127, 254, 255] {
            for (width, height) in [(1, 1), (1, 90), (90, 1), (64, 48)] {
                let flat = plane(width, height, [Density::FULL; 2], |_, _| value);
                let across = Axis::half(width as u32, (width as u32).div_ceil(3), true);
                let down = Axis::full(height as u32, (height as u32).div_ceil(5));
                let found = resampler.resample(&flat, across, down).unwrap();
                assert!(found.samples.iter().all(|sample| *sample == value), "{width} x {height}");
            }
        }
    }
}
