//! Scans: their headers, and the walk over the blocks that they hold.

use super::Stop;
use super::bits::BitReader;
use super::damage::Tally;
use super::frame::Frame;
use crate::image::error::Error;
use crate::image::header::Format;
use crate::image::simd;

/// A scan header (T.81, B.2.3).
#[derive(Debug, Clone)]
pub(super) struct Scan {
    /// What it holds, in the order in which the blocks of a unit come.
    pub(super) parts: Vec<Part>,
    /// First and last coefficient, in the order of the zigzag.
    pub(super) band: [u8; 2],
    /// The bit that earlier scans went down to; 0 if there was none.
    pub(super) high: u8,
    /// The lowest bit that this one goes down to.
    pub(super) low: u8,
    /// Units in a row, and rows of them.
    pub(super) units: [usize; 2],
}

/// A component in a scan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Its number in the frame.
    pub(super) component: usize,
    /// Blocks in a unit, across and down.
    pub(super) factors: [usize; 2],
    /// The numbers of its Huffman tables.
    pub(super) tables: [usize; 2],
}

/// What is done with the blocks of a scan, in the order in which they come.
pub(super) trait Blocks {
    /// Reads the block of a part at a column and row of blocks.
    fn block(&mut self, reader: &mut BitReader<'_>, part: usize, column: usize, row: usize) -> Result<(), Stop>;
    /// A row of units is over.
    fn end_row(&mut self, row: usize) -> Result<(), Error>;
    /// Predictions begin anew.
    fn restart(&mut self);
    /// Passes over blocks of which nothing comes, at most `count`, in a scan of one component; how many they are.
    fn pass(&mut self, column: usize, row: usize, count: usize) -> usize;
    /// Whether it makes sense to go on behind a damaged block of the same segment.
    const GOES_ON: bool;
}

impl Scan {
    /// Reads a header.
    pub(super) fn read(payload: &[u8], frame: &Frame) -> Result<Self, Error> {
        let corrupt = |detail: &str| Error::corrupt(Format::Jpeg, detail);
        let short = || corrupt("a scan header is too short");
        let (&count, rest) = payload.split_first().ok_or_else(short)?;
        let (parts, rest) = rest.split_at_checked(2 * usize::from(count)).ok_or_else(short)?;
        let &[first, last, approximation, ..] = rest else { return Err(short()) };
        let mut found: Vec<Part> = Vec::new();
        for part in parts.chunks_exact(2) {
            let component = frame.components.iter().position(|component| component.id == part[0]);
            let component = component.ok_or_else(|| corrupt("a scan has a component that the frame has not"))?;
            if found.iter().any(|part| part.component == component) {
                return Err(corrupt("a scan has a component twice"));
            }
            let tables = [part[1] >> 4, part[1] & 15].map(usize::from);
            if tables.iter().any(|table| *table > 3) {
                return Err(corrupt("there are four Huffman tables at most"));
            }
            found.push(Part { component, factors: frame.components[component].factors, tables });
        }
        let units = match &mut found[..] {
            [] => return Err(corrupt("a scan has no components")),
            // A scan of one component has its blocks row by row, as far as there are any (T.81, A.2.2).
            [part] => {
                part.factors = [1; 2];
                frame.components[part.component].blocks
            }
            _ => frame.units,
        };
        let (high, low) = (approximation >> 4, approximation & 15);
        if first > last || last > 63 || high > 13 || low > 13 {
            return Err(corrupt("a scan header has impossible numbers"));
        }
        Ok(Self { parts: found, band: [first, last], high, low, units })
    }

    /// How many blocks it holds.
    pub(super) fn blocks(&self) -> u64 {
        let in_unit: usize = self.parts.iter().map(|part| part.factors[0] * part.factors[1]).sum();
        (self.units[0] * self.units[1]) as u64 * in_unit as u64
    }

    /// Walks over all blocks, and from restart marker to restart marker over what is damaged. `interval`: units between two of
    /// them, or 0.
    pub(super) fn walk<B: Blocks>(
        &self,
        reader: &mut BitReader<'_>,
        interval: usize,
        blocks: &mut B,
        tally: &mut Tally,
    ) -> Result<(), Error> {
        simd::run(Walk { scan: self, reader, interval, blocks, tally })
    }

    #[inline(always)]
    fn walk_here<B: Blocks>(
        &self,
        reader: &mut BitReader<'_>,
        interval: usize,
        blocks: &mut B,
        tally: &mut Tally,
    ) -> Result<(), Error> {
        let total = self.units[0] * self.units[1];
        let in_unit = (self.blocks() / (total.max(1) as u64)) as usize;
        let mut next_restart = if interval > 0 { interval } else { usize::MAX };
        let mut unit = 0;
        // Units before this one are not to be had.
        let mut resume = 0;
        let mut row_begin = 0;
        for row in 0..self.units[1] {
            let row_end = row_begin + self.units[0];
            while unit < row_end {
                if unit == next_restart {
                    match self.resynchronise(reader, unit / interval) {
                        Some(number) => {
                            resume = (number * interval).min(total);
                            tally.damaged |= resume > unit;
                        }
                        None => resume = total,
                    }
                    next_restart = if resume < total { resume + interval } else { usize::MAX };
                    blocks.restart();
                }
                if unit < resume {
                    let skipped = resume.min(row_end) - unit;
                    tally.missing += (skipped * in_unit) as u64;
                    unit += skipped;
                    continue;
                }
                let passed = blocks.pass(unit - row_begin, row, row_end.min(next_restart) - unit);
                if passed > 0 {
                    unit += passed;
                    continue;
                }
                let read = self.unit(reader, blocks, unit - row_begin, row);
                if read.is_err() || reader.overrun() {
                    tally.damaged = true;
                    let lost = reader.overrun() || !B::GOES_ON;
                    if lost || next_restart < total {
                        tally.missing += in_unit as u64;
                        resume = next_restart.min(total);
                    }
                }
                unit += 1;
            }
            blocks.end_row(row)?;
            row_begin = row_end;
        }
        Ok(())
    }

    /// Reads the blocks of a unit, by its column and row.
    #[inline(always)]
    pub(super) fn unit<B: Blocks>(
        &self,
        reader: &mut BitReader<'_>,
        blocks: &mut B,
        x: usize,
        y: usize,
    ) -> Result<(), Stop> {
        for (number, part) in self.parts.iter().enumerate() {
            for row in 0..part.factors[1] {
                for column in 0..part.factors[0] {
                    blocks.block(reader, number, x * part.factors[0] + column, y * part.factors[1] + row)?;
                }
            }
        }
        Ok(())
    }

    /// Finds the next restart marker, and tells the number, counted from 1 and not less than `expected`, of the segment that
    /// begins behind it. Markers are numbered modulo 8: one that is a little behind was passed by mistake, one a little ahead tells that segments
    /// are missing.
    fn resynchronise(&self, reader: &mut BitReader<'_>, expected: usize) -> Option<usize> {
        loop {
            let found = usize::from(reader.restart().ok()?);
            let ahead = (found + 9 - expected % 8) % 8;
            if ahead <= 4 {
                return Some(expected + ahead);
            }
        }
    }
}

/// A walk that is compiled for what the CPU has.
struct Walk<'w, 'r, B> {
    scan: &'w Scan,
    reader: &'w mut BitReader<'r>,
    interval: usize,
    blocks: &'w mut B,
    tally: &'w mut Tally,
}

impl<B: Blocks> simd::Job for Walk<'_, '_, B> {
    type Output = Result<(), Error>;

    #[inline(always)]
    fn run(self) -> Self::Output {
        self.scan.walk_here(self.reader, self.interval, self.blocks, self.tally)
    }
}
