//! Conversion of pixels with a profile to sRGB: relative colorimetric, with black point compensation; colours outside of sRGB are
//! clipped.
//!
//! Everything that needs powers is precomputed in tables of integers; pixels themselves cost lookups, products and
//! sums.

use std::sync::{Arc, LazyLock};

use super::curve::{Curve, srgb_of_linear};
use super::lut::CHANNELS;
use super::matrix::{D50, Matrix, SRGB, Vector, apply, inverse, multiply};
use super::profile::{Device, Profile};

/// A transform of 8-bit or 16-bit samples.
#[derive(Debug, Clone)]
pub(crate) struct Transform {
    kind: Conversion,
}

#[derive(Debug, Clone)]
enum Conversion {
    /// The gray in sRGB of each sample.
    Gray(Vec<u8>),
    /// Three curves, a matrix, and the curve of sRGB.
    Matrix(Box<Shaper>),
    /// A grid of colours with simplex interpolation.
    LookupGrid(Arc<LookupGrid>),
    /// The formulas of L\*a\*b\*, for samples up to `max`: no grid has nodes at all of its grays.
    Lab { max: f64, to_srgb: Matrix, encoded: &'static [u8] },
}

impl Transform {
    /// The conversion from a profile to sRGB, of samples up to `max`: 255 or 65535.
    pub(crate) fn to_srgb(profile: &Profile, max: u16) -> Self {
        let black = profile.black();
        let compensated =
            |xyz: Vector| -> Vector { std::array::from_fn(|i| (xyz[i] - D50[i] * black) / (1.0 - black)) };
        let kind = match profile.device() {
            Device::Gray(curve) => {
                let light = |sample| ((curve.at(sample) - black) / (1.0 - black)).max(0.0);
                Conversion::Gray(levels(max, |sample| byte(srgb_of_linear(light(sample)))))
            }
            // A matrix maps no light to black: there is nothing to compensate, unless the curves have an offset.
            Device::Matrix(curves, columns) if black == 0.0 => {
                Conversion::Matrix(Box::new(Shaper::new(curves, columns, max)))
            }
            Device::Matrix(..) => {
                Conversion::LookupGrid(Arc::new(LookupGrid::new(3, 33, max, |at| compensated(profile.xyz(at)))))
            }
            Device::Lab => Conversion::Lab { max: f64::from(max), to_srgb: to_linear_srgb(), encoded: &ENCODED },
            Device::Hdr(..) => {
                Conversion::LookupGrid(Arc::new(LookupGrid::new(3, 65, max, |at| compensated(profile.xyz(at)))))
            }
            Device::Inks if max == 255 => Conversion::LookupGrid(Arc::clone(&INKS)),
            Device::Inks => Conversion::LookupGrid(Arc::new(LookupGrid::new(4, 17, max, |at| profile.xyz(at)))),
            Device::Table(lut, _) => {
                let points = if lut.inputs() == CHANNELS { 17 } else { 33 };
                Conversion::LookupGrid(Arc::new(LookupGrid::new(lut.inputs(), points, max, |at| {
                    compensated(profile.xyz(at))
                })))
            }
        };
        Self { kind }
    }

    /// Converts pixels one after the other; values beyond a pixel's channels are ignored. A gray profile gives three equal values.
    pub(crate) fn convert(
        &self,
        count: usize,
        pixel: impl Fn(usize) -> [u16; CHANNELS],
        mut put: impl FnMut(usize, [u8; 3]),
    ) {
        match &self.kind {
            Conversion::Gray(levels) => (0..count).for_each(|i| put(i, [levels[usize::from(pixel(i)[0])]; 3])),
            Conversion::Matrix(shaper) => (0..count).for_each(|i| put(i, shaper.at(pixel(i)))),
            Conversion::LookupGrid(grid) => (0..count).for_each(|i| put(i, grid.at(pixel(i)))),
            Conversion::Lab { max, to_srgb, encoded } => {
                let lab = Profile::of(Device::Lab);
                for i in 0..count {
                    let light = apply(to_srgb, lab.xyz(pixel(i).map(|sample| f64::from(sample) / max)));
                    put(i, light.map(|light| encoded[(light.clamp(0.0, 1.0) * AFTER as f64 + 0.5) as usize]));
                }
            }
        }
    }
}

/// The conversion of inks without a profile, in 8 bits: the same for all pictures, and its powers take a tenth of a second.
static INKS: LazyLock<Arc<LookupGrid>> = LazyLock::new(|| {
    let inks = Profile::of(Device::Inks);
    Arc::new(LookupGrid::new(4, 17, 255, |at| inks.xyz(at)))
});

/// Returns a table with an entry for each sample.
fn levels<T>(max: u16, entry: impl Fn(f64) -> T) -> Vec<T> {
    (0..=max).map(|sample| entry(f64::from(sample) / f64::from(max))).collect()
}

/// Converts a number from 0 to 1 to 8 bits.
pub(super) fn byte(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
}

/// Scale of linear light before the matrix (16 bits, with factors of 16 bits), and after it (14 bits).
const LIGHT: i64 = 1 << 16;
const AFTER: i64 = 1 << 14;

/// The numbers of sRGB for linear light. Their powers would dominate the time for a small picture, so they are computed once.
static ENCODED: LazyLock<Vec<u8>> =
    LazyLock::new(|| (0..=AFTER).map(|light| byte(srgb_of_linear(light as f64 / AFTER as f64))).collect());

#[derive(Debug, Clone)]
struct Shaper {
    light: [Vec<i32>; 3],
    /// The matrix, row by row.
    matrix: [[i64; 3]; 3],
    encoded: &'static [u8],
}

impl Shaper {
    fn new(curves: &[Curve; 3], columns: &Matrix, max: u16) -> Self {
        let matrix = multiply(&to_linear_srgb(), columns);
        let rounded = |value: f64| (value.clamp(-16.0, 16.0) * LIGHT as f64 + 0.5_f64.copysign(value)) as i64;
        let light = |curve: &Curve| levels(max, |sample| (curve.at(sample) * LIGHT as f64 + 0.5) as i32);
        Self {
            light: [light(&curves[0]), light(&curves[1]), light(&curves[2])],
            matrix: std::array::from_fn(|row| std::array::from_fn(|column| rounded(matrix[column][row]))),
            encoded: &ENCODED,
        }
    }

    fn at(&self, pixel: [u16; CHANNELS]) -> [u8; 3] {
        let light: [i64; 3] = std::array::from_fn(|i| i64::from(self.light[i][usize::from(pixel[i])]));
        self.matrix.map(|row| {
            let sum = row[0] * light[0] + row[1] * light[1] + row[2] * light[2];
            self.encoded[((sum + (1 << 17)) >> 18).clamp(0, AFTER) as usize]
        })
    }
}

/// Returns the matrix from X, Y, Z to red, green, blue.
fn to_linear_srgb() -> Matrix {
    inverse(&SRGB).unwrap_or(SRGB)
}

/// The position of a sample between two points of a grid: the first point, and 1/4096 of the way to the next.
type Place = (u32, u32);

#[derive(Debug, Clone)]
struct LookupGrid {
    places: Vec<Place>,
    /// Distance between the neighbours of a node, for each channel.
    strides: Vec<usize>,
    /// Values in units of 1/65280, so that a step of 8 bits is 256 of them.
    nodes: Vec<[u16; 3]>,
}

const WHOLE: u32 = 1 << 12;

impl LookupGrid {
    fn new(channels: usize, points: usize, max: u16, xyz: impl Fn([f64; CHANNELS]) -> Vector) -> Self {
        let to_srgb = to_linear_srgb();
        let strides: Vec<usize> = (0..channels).map(|channel| points.pow((channels - 1 - channel) as u32)).collect();
        let node = |index: usize| -> [u16; 3] {
            let mut at = [0.0; CHANNELS];
            for (value, stride) in at.iter_mut().zip(&strides) {
                *value = (index / stride % points) as f64 / (points - 1) as f64;
            }
            apply(&to_srgb, xyz(at)).map(|light| (srgb_of_linear(light) * 65_280.0 + 0.5) as u16)
        };
        let place = |sample: u32| {
            let at = u64::from(sample) * (points as u64 - 1) * u64::from(WHOLE) / u64::from(max);
            ((at / u64::from(WHOLE)) as u32, (at % u64::from(WHOLE)) as u32)
        };
        Self {
            places: (0..=u32::from(max)).map(place).collect(),
            nodes: (0..points.pow(channels as u32)).map(node).collect(),
            strides,
        }
    }

    /// Interpolates from the node below, along the channels in the order of their distance from it.
    fn at(&self, pixel: [u16; CHANNELS]) -> [u8; 3] {
        let channels = self.strides.len();
        let mut index = 0;
        let mut ways = [(0, 0); CHANNELS];
        for channel in 0..channels {
            let (point, part) = self.places[usize::from(pixel[channel])];
            index += point as usize * self.strides[channel];
            ways[channel] = (part, self.strides[channel]);
        }
        let ways = &mut ways[..channels];
        ways.sort_unstable_by(|a, b| b.cmp(a));
        let mut sums = [1_u32 << 19; 3];
        let mut left = WHOLE;
        for (part, stride) in ways {
            let weight = left - *part;
            left = *part;
            add(&mut sums, self.nodes[index], weight);
            if *part == 0 {
                break;
            }
            index += *stride;
        }
        if left > 0 {
            add(&mut sums, self.nodes[index], left);
        }
        sums.map(|sum| (sum >> 20) as u8)
    }
}

fn add(sums: &mut [u32; 3], node: [u16; 3], weight: u32) {
    for (sum, value) in sums.iter_mut().zip(node) {
        *sum += weight * u32::from(value);
    }
}

#[cfg(test)]
#[path = "transform_tests.rs"]
mod tests;
