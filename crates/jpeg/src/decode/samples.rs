//! From blocks to the samples of planes, at one or more levels.
//!
//! Level `k` has each side divided by 2^k, rounded up. It is computed from the lowest 8 / 2^k frequencies of each block in either
//! direction. That costs less than using all of them, and reduces better than the mean of neighbours: frequencies that would alias are
//! left out.

use super::frame::Frame;
use super::rows::{CoefficientRow, CoefficientSink};
use super::stream::Stream;
use crate::error::Error;
use crate::header::ColorModel;
use crate::plane::placing::Placing;
use crate::plane::{Density, Plane};
use crate::simd;

/// The smallest level at which a file can be decoded: an eighth of the size.
pub const DEEPEST: u8 = 3;

/// The planes of all components, level by level.
pub type Levels = Vec<(u8, Vec<Plane>)>;

/// The sizes at which a picture is decoded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Request<'a> {
    /// Levels, increasing: 0 is the full size; each further level has half of the width and height, rounded up, down to [`DEEPEST`].
    pub levels: &'a [u8],
    /// Grids on which the picture is resampled while its rows are decoded, so that the full size is never in memory as a whole.
    pub placings: &'a [Placing],
    /// Whether the planes of the second and third component have half of the level's size even if the file stores more samples.
    pub half_chroma: bool,
}

impl Default for Request<'_> {
    /// The full size, as stored.
    fn default() -> Self {
        Self { levels: &[0], placings: &[], half_chroma: false }
    }
}

impl Request<'_> {
    /// Whether the levels increase and exist, and no placing is empty.
    pub(crate) fn is_sound(&self) -> bool {
        self.levels.is_sorted_by(|a, b| a < b)
            && self.levels.iter().all(|level| *level <= DEEPEST)
            && self.placings.iter().all(|placing| placing.size.pixels() > 0)
    }
}

/// The planes of a picture that is being decoded.
#[derive(Debug)]
pub(super) struct PictureBuffer {
    /// Number of bits of a sample beyond 8.
    extra_bits: u32,
    /// Width and height in pixels.
    pixels: [u32; 2],
    /// Levels, increasing, without repetition, up to [`DEEPEST`].
    levels: Vec<u8>,
    /// Positions, on the full size, of the renditions that are made from it.
    placings: Vec<Placing>,
    /// Meaning of the components.
    color: ColorModel,
    components: Vec<ComponentPlanes>,
}

/// The planes of a component.
#[derive(Debug)]
struct ComponentPlanes {
    density: [Density; 2],
    /// Whether the planes have half the size of their level, down to [`DEEPEST`].
    halved: bool,
    /// The planes, in the order of the levels; empty before the first row arrives, so that memory for a component is allocated only when
    /// it is needed.
    planes: Vec<Plane>,
    /// Resampling of the full size to other grids.
    stream: Option<Stream>,
}

impl PictureBuffer {
    /// Buffers for the requested planes of each component. Samples of more than 8 bits have level 0 only, as a whole.
    pub(super) fn new(frame: &Frame, color: ColorModel, extra_bits: u32, wanted: &Request<'_>) -> Self {
        let components = frame.components.iter().enumerate().map(|(number, component)| {
            let full = component.density.iter().all(|density| density.samples == density.pixels);
            let halved = wanted.half_chroma && full && number > 0;
            ComponentPlanes { density: component.density, halved, planes: Vec::new(), stream: None }
        });
        Self {
            extra_bits,
            pixels: frame.pixels,
            levels: wanted.levels.to_vec(),
            placings: wanted.placings.to_vec(),
            color,
            components: components.collect(),
        }
    }

    /// Returns the planes of all components for each level, and for each placing.
    pub(super) fn finish(mut self) -> Result<(Levels, Vec<Vec<Plane>>), Error> {
        let mut levels: Levels = self.levels.iter().map(|level| (*level, Vec::new())).collect();
        let mut placed: Vec<Vec<Plane>> = self.placings.iter().map(|_| Vec::new()).collect();
        for number in 0..self.components.len() {
            self.begin(number)?;
            let component = &mut self.components[number];
            levels.iter_mut().zip(component.planes.drain(..)).for_each(|((_, all), plane)| all.push(plane));
            let stream = component.stream.take().map_or_else(Vec::new, Stream::finish);
            placed.iter_mut().zip(stream).for_each(|(all, plane)| all.push(plane));
        }
        Ok((levels, placed))
    }

    /// Allocates the planes of a component, filled with gray, unless it has planes already.
    fn begin(&mut self, number: usize) -> Result<(), Error> {
        let component = &mut self.components[number];
        let sized = |level: u8| {
            let density = component.density.map(|d| Density { samples: d.samples, pixels: d.pixels << level });
            ([0, 1].map(|side| density[side].count(self.pixels[side])), density)
        };
        if component.planes.is_empty() {
            let planes = self.levels.iter().map(|level| {
                let ([width, height], density) = sized(component.level(*level));
                Plane::gray(width, height, density)
            });
            component.planes = planes.collect::<Result<_, _>>()?;
        }
        if component.stream.is_none() && !self.placings.is_empty() {
            let (size, density) = sized(component.level(0));
            let grids = self.placings.iter().map(|placing| (placing.axes(self.color.is_chroma(number)), placing.turn));
            component.stream = Some(Stream::new(size, density, grids)?);
        }
        Ok(())
    }
}

impl ComponentPlanes {
    /// Returns the level of a plane that belongs to `level` of the picture.
    fn level(&self, level: u8) -> u8 {
        if self.halved { (level + 1).min(DEEPEST) } else { level }
    }
}

impl CoefficientSink for PictureBuffer {
    /// Blocks and rows that pad the last unit are dropped.
    fn row(&mut self, row: &CoefficientRow<'_>) -> Result<(), Error> {
        self.begin(row.component)?;
        let component = &mut self.components[row.component];
        for (number, level) in self.levels.iter().enumerate() {
            let level = component.level(*level);
            let plane = &mut component.planes[number];
            let side = 8 >> level;
            let start = (row.number * side).min(plane.height) * plane.width;
            let end = (row.number * side + side).min(plane.height) * plane.width;
            let transform = Transform { level, extra_bits: self.extra_bits, row };
            transform.write(&mut plane.samples[start..end], plane.width);
        }
        let level = component.level(0);
        if let Some(stream) = &mut component.stream {
            let (side, transform) = (8 >> level, Transform { level, extra_bits: 0, row });
            stream.take(row.number * side, side, |samples, width| transform.write(samples, width));
        }
        Ok(())
    }
}

/// A row of blocks to be transformed to samples.
struct Transform<'a> {
    level: u8,
    extra_bits: u32,
    row: &'a CoefficientRow<'a>,
}

impl Transform<'_> {
    /// Writes as many samples as fit.
    fn write(&self, samples: &mut [u8], width: usize) {
        let count = width.div_ceil(8 >> self.level).min(self.row.blocks.len());
        let (blocks, extents, steps) = (&self.row.blocks[..count], &self.row.extents[..count], self.row.steps);
        match self.level {
            _ if samples.is_empty() => {}
            0 if self.extra_bits > 0 => simd::inverse_wide(blocks, steps, self.extra_bits, samples, width),
            0 => simd::inverse(blocks, extents, steps, samples, width),
            1 => simd::inverse_half(blocks, extents, steps, samples, width),
            2 => simd::inverse_quarter(blocks, steps, samples, width),
            _ => simd::inverse_eighth(blocks, steps, samples),
        }
    }
}
