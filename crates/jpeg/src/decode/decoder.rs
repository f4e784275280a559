//! Decoding of a file from its first segment to its last.

use super::bits::BitReader;
use super::damage::{Damage, Tally};
use super::frame::Frame;
use super::progression::Progression;
use super::progressive::ProgressiveScan;
use super::restarts::Restarts;
use super::rows::{CoefficientRow, CoefficientSink};
use super::samples::{Levels, PictureBuffer, Request};
use super::scan::Scan;
use super::scans::{MOST_AT_ONCE, Scans};
use super::sequential::SequentialScan;
use super::tables::Tables;
use super::walk::Walk;
use crate::error::Error;
use crate::header::Header;
use crate::markers::{self, DHT, DQT, DRI, EOI, SOI, SOS, Segment, Segments};
use crate::parallel::Parallelism;
use crate::plane::Plane;
use crate::simd::Steps;

/// Limit on the blocks of all scans, in multiples of the picture's blocks. No encoder has reason to write more.
const MAX_PASSES: u64 = 200;

/// Blocks that any picture may have, because small pictures cost little.
const FREE_BLOCKS: u64 = 1 << 20;

/// A decoded picture.
#[derive(Debug)]
pub struct Decoded {
    /// The planes of all components at each requested level, with its number.
    pub levels: Levels,
    /// The planes of all components for each requested placing, turned; empty if the file has more than 8 bits a sample: it is decoded at
    /// level 0 instead.
    pub placed: Vec<Vec<Plane>>,
    /// Damage to the file; `None` if it is undamaged.
    pub damage: Option<Damage>,
}

/// Decodes a file whose `header` has been read, and hands the coefficients to `beside`, too. A damaged file is decoded as far as
/// possible.
///
/// Files with samples of more than 8 bits are decoded at level 0 only, whatever `wanted` asks for.
///
/// # Errors
/// If nothing of the picture can be decoded.
pub(crate) fn decode<B: CoefficientSink>(
    bytes: &[u8],
    header: &Header<'_>,
    wanted: &Request<'_>,
    beside: &mut [B],
    parallelism: &dyn Parallelism,
) -> Result<Decoded, Error> {
    let whole = Request::default();
    let wanted = if header.precision > 8 { &whole } else { wanted };
    let mut output = PictureBuffer::new(&Frame::of(header), header.color, u32::from(header.precision) - 8, wanted);
    let damage = coefficients(bytes, header, &mut Both { output: &mut output, beside }, parallelism)?;
    let (levels, placed) = output.finish()?;
    Ok(Decoded { levels, placed, damage })
}

/// All consumers of the coefficients.
struct Both<'a, B> {
    output: &'a mut PictureBuffer,
    beside: &'a mut [B],
}

impl<B: CoefficientSink> CoefficientSink for Both<'_, B> {
    fn row(&mut self, row: &CoefficientRow<'_>) -> Result<(), Error> {
        for beside in &mut *self.beside {
            beside.row(row)?;
        }
        self.output.row(row)
    }
}

/// Hands the coefficients of a file, whose `header` has been read, to `rows` as they are read, so that no more than a row of units is
/// held here. A damaged file is handed on as far as possible.
///
/// # Errors
/// If nothing of the picture can be decoded; some rows may have been handed on before.
pub(crate) fn coefficients(
    bytes: &[u8],
    header: &Header<'_>,
    rows: &mut impl CoefficientSink,
    parallelism: &dyn Parallelism,
) -> Result<Option<Damage>, Error> {
    let mut decoder = Decoder::new(bytes, header, rows, parallelism);
    let mut segments = markers::segments(bytes);
    let mut complete = false;
    while let Some(segment) = segments.next() {
        match decoder.segment(segment, &mut segments) {
            Ok(()) => complete = segment.marker == EOI,
            // The rest of the file cannot be understood without this segment.
            Err(error) => {
                decoder.trouble = Some(error);
                break;
            }
        }
    }
    decoder.finish(complete)
}

/// Whether decoding a file, whose `header` has been read, has to keep all coefficients in memory.
pub(crate) fn keeps_all(bytes: &[u8], header: &Header<'_>) -> bool {
    let mut scans = markers::segments(bytes).filter(|segment| segment.marker == SOS);
    header.progressive && scans.nth(MOST_AT_ONCE).is_some()
}

/// The state of a file that is being decoded.
struct Decoder<'a, 'r, R> {
    bytes: &'a [u8],
    frame: Frame,
    rows: &'r mut R,
    parallelism: &'r dyn Parallelism,
    tables: Tables,
    /// Number of units between two restart markers, or 0.
    interval: usize,
    /// The scans of a progressive frame, collected until the last one is known.
    scans: Option<Scans<'a>>,
    progression: Progression,
    /// The quantization table of each component that a scan has named. Later scans do not change it.
    steps: Vec<Option<Steps>>,
    tally: Tally,
    /// Number of blocks that may still be read.
    budget: u64,
    trouble: Option<Error>,
}

impl<'a, 'r, R: CoefficientSink> Decoder<'a, 'r, R> {
    fn new(bytes: &'a [u8], header: &Header<'_>, rows: &'r mut R, parallelism: &'r dyn Parallelism) -> Self {
        let frame = Frame::of(header);
        let blocks: u64 = frame.components.iter().map(|c| (c.padded[0] * c.padded[1]) as u64).sum();
        Self {
            bytes,
            rows,
            parallelism,
            tables: Tables::default(),
            interval: 0,
            scans: header.progressive.then(Scans::default),
            progression: Progression::new(frame.components.len()),
            steps: vec![None; frame.components.len()],
            tally: Tally::default(),
            budget: MAX_PASSES * blocks + FREE_BLOCKS,
            frame,
            trouble: None,
        }
    }

    fn segment(&mut self, segment: Segment<'_>, rest: &mut Segments<'_>) -> Result<(), Error> {
        match segment.marker {
            SOI if self.steps.iter().any(Option::is_some) => {
                Err(Error::corrupt("another picture begins before this one ends"))
            }
            SOI => {
                self.tally.damaged |= segment.start > 0;
                Ok(())
            }
            DQT => self.tables.quantization(segment.payload),
            DHT => self.tables.huffman(segment.payload),
            DRI => {
                let interval = segment.payload.first_chunk().map(|bytes| u16::from_be_bytes(*bytes));
                self.interval = usize::from(interval.unwrap_or(0));
                Ok(())
            }
            SOS => {
                let end = self.scan(segment.payload, segment.end)?;
                rest.go_on_at(end);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Handles a scan, whose data begin at `start`. Returns where the data that was read ends.
    fn scan(&mut self, header: &[u8], start: usize) -> Result<usize, Error> {
        let scan = Scan::read(header, &self.frame)?;
        self.budget = self
            .budget
            .checked_sub(scan.blocks())
            .ok_or_else(|| Error::unsupported("far more scans than a picture needs"))?;
        if self.scans.is_none() && scan.parts.iter().any(|part| self.steps[part.component].is_some()) {
            // A sequential frame has each component once: this is another picture, or a scan that was copied or damaged.
            self.tally.damaged = true;
            return Ok(start);
        }
        // Nothing of a component can be seen without its first scan.
        let mut first = true;
        for part in &scan.parts {
            let steps = &mut self.steps[part.component];
            first &= steps.is_none();
            if steps.is_none() {
                *steps = Some(self.tables.steps(self.frame.components[part.component].table)?);
            }
        }
        let mut walk = Walk::new(BitReader::new(self.bytes, start), self.interval, first);
        if let Some(scans) = &mut self.scans {
            self.tally.damaged |= !self.progression.goes_on(&scan);
            scans.add(ProgressiveScan::new(scan, &self.tables, walk)?, &self.frame)?;
            return Ok(start);
        }
        let (frame, tables) = (&self.frame, &self.tables);
        let restarts = Restarts { scan: &scan, frame, tables, bytes: self.bytes, interval: self.interval };
        if let Some(end) = restarts.read(start, self.rows, self.parallelism)? {
            self.tally.add(walk.tally(&scan));
            return Ok(end);
        }
        let mut blocks = SequentialScan::new(&scan, frame, tables, self.rows)?;
        walk.until(scan.units[1], &scan, &mut blocks)?;
        self.tally.add(walk.tally(&scan));
        Ok(walk.position())
    }

    /// Returns the damage to the picture. `complete`: whether the file ends with an EOI marker.
    fn finish(mut self, complete: bool) -> Result<Option<Damage>, Error> {
        for (component, steps) in self.frame.components.iter().zip(&self.steps) {
            if steps.is_none() {
                let blocks = (component.blocks[0] * component.blocks[1]) as u64;
                self.tally.add(Tally { needed: blocks, missing: blocks, damaged: false });
            }
        }
        if matches!(self.trouble, Some(Error::Unsupported(_) | Error::TooMuchMemory)) {
            return Err(self.trouble.unwrap_or(Error::TooMuchMemory));
        }
        if let Some(scans) = self.scans.take() {
            self.tally.add(scans.read(&self.frame, &self.steps, self.rows)?);
            // The scans that were lost with the end of a progressive file would have made it sharper.
            self.tally.damaged |= !complete;
        }
        if self.tally.missing == self.tally.needed {
            return Err(self.trouble.unwrap_or(Error::Truncated));
        }
        self.tally.damaged |= self.trouble.is_some();
        Ok(self.tally.damage())
    }
}
