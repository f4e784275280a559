//! From the bytes of a JPEG file to the planes of its components, each at the size it is stored in: nothing is upsampled and no
//! colour is converted.
//!
//! Sequential and progressive frames with Huffman codes are read, of 8 or 12 bits a sample, with any sampling factors. A damaged
//! file gives what is there of it: from restart marker to restart marker, or from scan to scan. What is missing is gray.

mod bits;
mod damage;
mod frame;
mod huffman;
mod progressive;
mod restarts;
mod rows;
mod samples;
mod scan;
mod sequential;
mod standard;
mod stream;
mod tables;

pub use damage::Damage;
pub(in crate::image) use frame::Frame;
pub(in crate::image) use rows::Rows;
pub(in crate::image) use samples::{DEEPEST, Samples};

use bits::BitReader;
use damage::Tally;
use progressive::{Coefficients, Progressive};
use restarts::Restarts;
use samples::Output;
use scan::Scan;
use sequential::Sequential;
use tables::Tables;

use super::layout::Layout;
use super::markers::{self, EOI, SOS, Segment, Segments};
use super::requantize::Requantized;
use crate::image::error::Error;
use crate::image::hands::Hands;
use crate::image::header::Format;
use crate::image::plane::Plane;
use crate::image::simd::{Block, Extent, Steps};

/// Define Huffman tables.
const DHT: u8 = 0xC4;
/// Define quantization tables.
const DQT: u8 = 0xDB;
/// Define the restart interval.
const DRI: u8 = 0xDD;

/// More than any encoder has reason to write: the blocks of all scans, in multiples of those of the picture.
const MAX_PASSES: u64 = 200;

/// Small pictures may have more, as they cost little.
const FREE_BLOCKS: u64 = 1 << 20;

/// Why the reading of a segment of entropy-coded data stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// It is over.
    End,
    /// It contradicts itself.
    Damage,
}

/// Planes of all components, level by level.
pub(in crate::image) type Levels = Vec<(u8, Vec<Plane>)>;

/// Samples of a picture.
#[derive(Debug)]
pub(in crate::image) struct Decoded {
    /// At each level that was wanted.
    pub(in crate::image) levels: Levels,
    /// For each placing the planes of all components; nothing if level 0 came instead.
    pub(in crate::image) placed: Vec<Vec<Plane>>,
    /// What could not be read.
    pub(in crate::image) damage: Option<Damage>,
}

/// Decodes a file whose `layout` has been read. What is damaged is rendered as far as it goes. What comes is handed to `beside`, too.
///
/// Samples of more than 8 bits have level 0 only; it is what comes then, whatever was wanted.
///
/// # Errors
/// If nothing of the picture is there.
pub(in crate::image) fn decode(
    bytes: &[u8],
    layout: &Layout<'_>,
    wanted: &Samples<'_>,
    beside: &mut [Requantized],
    hands: &dyn Hands,
) -> Result<Decoded, Error> {
    let whole = Samples { levels: &[0], placings: &[], half_chroma: false, ..*wanted };
    let wanted = if layout.precision > 8 { &whole } else { wanted };
    let mut output = Output::new(&Frame::of(layout), u32::from(layout.precision) - 8, wanted);
    let damage = coefficients(bytes, layout, &mut Both { output: &mut output, beside }, hands)?;
    let (levels, placed) = output.finish()?;
    Ok(Decoded { levels, placed, damage })
}

/// Everything that coefficients are wanted for.
struct Both<'a> {
    output: &'a mut Output,
    beside: &'a mut [Requantized],
}

impl Rows for Both<'_> {
    fn row(
        &mut self,
        component: usize,
        row: usize,
        blocks: &[Block],
        extents: &[Extent],
        steps: &Steps,
    ) -> Result<(), Error> {
        for beside in &mut *self.beside {
            beside.row(component, row, blocks, extents, steps)?;
        }
        self.output.row(component, row, blocks, extents, steps)
    }
}

/// Hands the coefficients of a file, whose `layout` has been read, to `rows`: of a sequential one as they are read, so that no more
/// than a row of units is held here, of a progressive one at the end. What is damaged is handed on as far as it goes.
///
/// # Errors
/// If nothing of the picture is there; then some rows may have been handed on.
pub(in crate::image) fn coefficients(
    bytes: &[u8],
    layout: &Layout<'_>,
    rows: &mut impl Rows,
    hands: &dyn Hands,
) -> Result<Option<Damage>, Error> {
    let mut decoder = Decoder::new(layout, rows, hands)?;
    let mut segments = markers::segments(bytes);
    let mut complete = false;
    while let Some(segment) = segments.next() {
        match decoder.segment(bytes, segment, &mut segments) {
            Ok(()) => complete = segment.marker == EOI,
            // What follows cannot be understood without this segment.
            Err(error) => {
                decoder.trouble = Some(error);
                break;
            }
        }
    }
    decoder.finish(complete)
}

/// A file in the middle of being decoded.
struct Decoder<'r, R> {
    frame: Frame,
    rows: &'r mut R,
    hands: &'r dyn Hands,
    tables: Tables,
    /// Units between two restart markers, or 0.
    interval: usize,
    /// Of progressive frames, until the last scan is over.
    coefficients: Option<Vec<Coefficients>>,
    /// For each component, once it was met in a scan: its quantization table, which later scans do not change.
    steps: Vec<Option<Steps>>,
    tally: Tally,
    /// Blocks that may still be read.
    budget: u64,
    trouble: Option<Error>,
}

impl<'r, R: Rows> Decoder<'r, R> {
    fn new(layout: &Layout<'_>, rows: &'r mut R, hands: &'r dyn Hands) -> Result<Self, Error> {
        let frame = Frame::of(layout);
        let blocks: u64 = frame.components.iter().map(|c| (c.padded[0] * c.padded[1]) as u64).sum();
        Ok(Self {
            rows,
            hands,
            tables: Tables::default(),
            interval: 0,
            coefficients: layout.progressive.then(|| Coefficients::of(&frame)).transpose()?,
            steps: vec![None; frame.components.len()],
            tally: Tally::default(),
            budget: MAX_PASSES * blocks + FREE_BLOCKS,
            frame,
            trouble: None,
        })
    }

    fn segment<'a>(&mut self, bytes: &'a [u8], segment: Segment<'a>, rest: &mut Segments<'a>) -> Result<(), Error> {
        match segment.marker {
            DQT => self.tables.quantization(segment.payload),
            DHT => self.tables.huffman(segment.payload),
            DRI => {
                let interval = segment.payload.first_chunk().map(|bytes| u16::from_be_bytes(*bytes));
                self.interval = usize::from(interval.unwrap_or(0));
                Ok(())
            }
            SOS => {
                let mut reader = BitReader::new(bytes, segment.end);
                self.scan(bytes, segment.payload, &mut reader)?;
                rest.go_on_at(reader.position());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn scan<'a>(&mut self, bytes: &'a [u8], header: &[u8], reader: &mut BitReader<'a>) -> Result<(), Error> {
        let scan = Scan::read(header, &self.frame)?;
        self.budget = self
            .budget
            .checked_sub(scan.blocks())
            .ok_or_else(|| Error::unsupported(Format::Jpeg, "far more scans than a picture needs"))?;
        let mut tally = Tally::default();
        // Without the first scan of a component there is nothing of it to be seen.
        let mut first = true;
        for part in &scan.parts {
            let steps = &mut self.steps[part.component];
            first &= steps.is_none();
            if steps.is_none() {
                *steps = Some(self.tables.steps(self.frame.components[part.component].table)?);
            }
        }
        match &mut self.coefficients {
            Some(coefficients) => {
                let mut blocks = Progressive::new(&scan, &self.tables, coefficients)?;
                scan.walk(reader, self.interval, &mut blocks, &mut tally)?;
            }
            None => {
                let (frame, tables, interval) = (&self.frame, &self.tables, self.interval);
                let restarts = Restarts { scan: &scan, frame, tables, bytes, interval };
                match restarts.read(reader.position(), self.rows, self.hands)? {
                    Some(end) => *reader = BitReader::new(bytes, end),
                    None => {
                        let mut blocks = Sequential::new(&scan, frame, tables, self.rows)?;
                        scan.walk(reader, interval, &mut blocks, &mut tally)?;
                    }
                }
            }
        }
        self.tally.damaged |= tally.damaged;
        if first {
            self.tally.needed += scan.blocks();
            self.tally.missing += tally.missing;
        }
        Ok(())
    }

    /// What is wrong with the picture. `complete`: whether the file ends as it should.
    fn finish(mut self, complete: bool) -> Result<Option<Damage>, Error> {
        for (component, steps) in self.frame.components.iter().zip(&self.steps) {
            if steps.is_none() {
                let blocks = (component.blocks[0] * component.blocks[1]) as u64;
                self.tally.needed += blocks;
                self.tally.missing += blocks;
            }
        }
        if self.tally.missing == self.tally.needed || matches!(self.trouble, Some(Error::UnsupportedKind { .. })) {
            return Err(self.trouble.unwrap_or(Error::Truncated(Format::Jpeg)));
        }
        // Scans that a progressive file has lost with its end would have made it sharper.
        self.tally.damaged |= self.trouble.is_some() || (!complete && self.coefficients.is_some());
        // Each component is gone before the next is handed on.
        for (number, component) in self.coefficients.take().into_iter().flatten().enumerate() {
            if let Some(steps) = &self.steps[number] {
                let known = component.known.chunks_exact(component.columns);
                for (row, (blocks, known)) in component.rows.into_iter().zip(known).enumerate() {
                    let last = |known: &u64| (known | 1).ilog2() as usize;
                    let extents: Vec<Extent> = known.iter().map(|known| Extent::of_last(last(known))).collect();
                    self.rows.row(number, row, &blocks, &extents, steps)?;
                }
            }
        }
        Ok(self.tally.damage())
    }
}

#[cfg(test)]
mod tests;
