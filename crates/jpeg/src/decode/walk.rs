//! The walk over the blocks of a scan: row of units by row of units, and past damaged data from restart marker to restart marker. It
//! can stop after any row and continue later, so that several scans can be read in turns.

use super::bits::BitReader;
use super::damage::Tally;
use super::scan::{Blocks, Scan};
use crate::error::Error;
use crate::simd;

/// Progress of the reading of a scan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walk<'a> {
    reader: BitReader<'a>,
    /// Units between two restart markers, or 0.
    interval: usize,
    /// The next row of units, and the first unit in it.
    row: usize,
    unit: usize,
    next_restart: usize,
    /// Units before this one cannot be read.
    resume: usize,
    /// Whether nothing can be seen of the blocks that are missing in this scan.
    needed: bool,
    missing: u64,
    damaged: bool,
}

impl<'a> Walk<'a> {
    /// A walk that begins at the reader's position. `interval`: units between two restart markers, or 0. `needed`: whether nothing can be
    /// seen of the blocks that are missing in this scan.
    pub(super) fn new(reader: BitReader<'a>, interval: usize, needed: bool) -> Self {
        let next_restart = if interval > 0 { interval } else { usize::MAX };
        Self { reader, interval, row: 0, unit: 0, next_restart, resume: 0, needed, missing: 0, damaged: false }
    }

    /// Returns the position of the first byte that was not taken yet.
    pub(super) fn position(&self) -> usize {
        self.reader.position()
    }

    /// Returns the counts of missing and damaged blocks.
    pub(super) fn tally(&self, scan: &Scan) -> Tally {
        let [needed, missing] = if self.needed { [scan.blocks(), self.missing] } else { [0; 2] };
        Tally { needed, missing, damaged: self.damaged }
    }

    /// Reads the data before row `end` of units.
    pub(super) fn until<B: Blocks>(&mut self, end: usize, scan: &Scan, blocks: &mut B) -> Result<(), Error> {
        simd::run(RowsOfUnits { walk: self, end, scan, blocks })
    }

    #[inline(always)]
    fn until_here<B: Blocks>(&mut self, end: usize, scan: &Scan, blocks: &mut B) -> Result<(), Error> {
        let [across, down] = scan.units;
        let total = across * down;
        // A copy can be kept in registers.
        let Self {
            mut reader,
            interval,
            mut row,
            mut unit,
            mut next_restart,
            mut resume,
            needed,
            mut missing,
            mut damaged,
        } = *self;
        let in_unit = scan.blocks_in_unit() as u64;
        while row < end.min(down) {
            let (row_begin, row_end) = (row * across, (row + 1) * across);
            while unit < row_end {
                if unit == next_restart {
                    let (number, flawed) = resynchronise(&mut reader, unit / interval);
                    resume = number.map_or(total, |number| (number * interval).min(total));
                    damaged |= flawed;
                    next_restart = if resume < total { resume + interval } else { usize::MAX };
                    blocks.restart();
                }
                if unit < resume {
                    let skipped = resume.min(row_end) - unit;
                    missing += skipped as u64 * in_unit;
                    unit += skipped;
                    continue;
                }
                let passed = blocks.pass(unit - row_begin, row, row_end.min(next_restart) - unit);
                if passed > 0 {
                    unit += passed;
                    continue;
                }
                let read = match B::SINGLE {
                    true => blocks.block(&mut reader, 0, unit - row_begin, row),
                    false => scan.unit(&mut reader, blocks, unit - row_begin, row),
                };
                if read.is_err() || reader.overrun() {
                    damaged = true;
                    let lost = reader.overrun() || !B::GOES_ON;
                    if lost || next_restart < total {
                        missing += in_unit;
                        resume = next_restart.min(total);
                    }
                }
                unit += 1;
            }
            blocks.end_row(row)?;
            row += 1;
        }
        *self = Self { reader, interval, row, unit, next_restart, resume, needed, missing, damaged };
        Ok(())
    }
}

/// Finds the next restart marker. Returns the number, counted from 1 and not less than `expected`, of the segment after it, if there is
/// one; and whether anything was not as expected.
///
/// Markers are numbered modulo 8. One or two ahead means that segments are missing, and one or two behind that a marker is spurious. A
/// number that is further off is taken for the expected one, damaged: the rule of libjpeg.
fn resynchronise(reader: &mut BitReader<'_>, expected: usize) -> (Option<usize>, bool) {
    let mut passed = false;
    while let Ok(found) = reader.restart() {
        match found.map(|found| (usize::from(found) + 9 - expected % 8) % 8) {
            Some(0) => return (Some(expected), passed),
            Some(ahead @ 1..=2) => return (Some(expected + ahead), true),
            Some(3..=5) => return (Some(expected), true),
            _ => passed = true,
        }
    }
    (None, true)
}

/// Rows of a walk; compiled for the features of the CPU.
struct RowsOfUnits<'w, 'r, B> {
    walk: &'w mut Walk<'r>,
    end: usize,
    scan: &'w Scan,
    blocks: &'w mut B,
}

impl<B: Blocks> simd::Job for RowsOfUnits<'_, '_, B> {
    type Output = Result<(), Error>;

    #[inline(always)]
    fn run(self) -> Self::Output {
        self.walk.until_here(self.end, self.scan, self.blocks)
    }
}
