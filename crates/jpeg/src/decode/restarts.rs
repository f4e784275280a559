//! Scans of sequential frames with restart markers, of which several bands of rows are read in parallel.
//!
//! Nothing depends on data before the last restart marker, so a band of rows can be read as soon as the positions of its segments are
//! known. Bands are handed on in order. Only intact scans are read this way: after any error, the caller reads the scan again
//! sequentially, with error handling.

use std::ops::Range;
use std::sync::OnceLock;

use super::bits::BitReader;
use super::frame::Frame;
use super::rows::{CoefficientRow, CoefficientSink};
use super::scan::{Blocks, Scan};
use super::sequential::SequentialScan;
use super::tables::Tables;
use crate::error::Error;
use crate::markers::{ends_scan, first_ff};
use crate::parallel::Parallelism;
use crate::simd::{self, Block, Extent, Steps};

/// Scans with fewer units (8 megapixels of a photo with 4:2:0) are not worth the effort.
const WORTHWHILE: usize = if cfg!(test) { 1 } else { 1 << 15 };

/// Number of bands that are read together, independent of the number of threads; they are kept in memory until they are handed on.
const BANDS: usize = 8;

/// Rows of units in a band.
const ROWS: usize = 4;

/// A scan with restart markers.
pub(super) struct Restarts<'a> {
    pub(super) scan: &'a Scan,
    pub(super) frame: &'a Frame,
    pub(super) tables: &'a Tables,
    pub(super) bytes: &'a [u8],
    /// Units between two restart markers.
    pub(super) interval: usize,
}

impl Restarts<'_> {
    /// Reads the scan, whose data begin at `start`, and hands it on. Returns where the data end; `None`, if the scan is small, if there
    /// is only one thread, or if something is wrong. Some rows may have been handed on then.
    pub(super) fn read(
        &self,
        start: usize,
        rows: &mut impl CoefficientSink,
        parallelism: &dyn Parallelism,
    ) -> Result<Option<usize>, Error> {
        let [across, down] = self.scan.units;
        if self.interval == 0 || parallelism.count() < 2 || across * down < WORTHWHILE {
            return Ok(None);
        }
        let Some((starts, end)) = self.segments(start) else { return Ok(None) };
        for wave in (0..down).step_by(BANDS * ROWS) {
            let bands: Vec<OnceLock<Option<RestartBand>>> = (0..BANDS).map(|_| OnceLock::new()).collect();
            parallelism.each(BANDS, &|number| {
                let first = (wave + number * ROWS).min(down);
                let band =
                    simd::run(Reading { restarts: self, starts: &starts, rows: first..(first + ROWS).min(down) });
                // Each number occurs once.
                let _ = bands[number].set(band);
            });
            for band in bands {
                let Some(Some(band)) = band.into_inner() else { return Ok(None) };
                for row in band.rows {
                    rows.row(&row.view())?;
                }
            }
        }
        Ok(Some(end))
    }

    /// Returns the start of each segment, and the end of the last one; `None` if there are other markers than expected.
    fn segments(&self, start: usize) -> Option<(Vec<usize>, usize)> {
        let (mut starts, mut at) = (vec![start], start);
        loop {
            at += first_ff(self.bytes.get(at..)?)?;
            match self.bytes.get(at + 1)? {
                0 => at += 2,
                0xFF => at += 1,
                marker @ 0xD0..=0xD7 => {
                    if usize::from(marker - 0xD0) != (starts.len() - 1) % 8 {
                        return None;
                    }
                    at += 2;
                    starts.push(at);
                }
                _ if ends_scan(self.bytes, at) => break,
                _ => return None,
            }
        }
        let units = self.scan.units[0] * self.scan.units[1];
        (starts.len() == units.div_ceil(self.interval)).then_some((starts, at))
    }

    /// Reads a band of rows of units; `None` if something is wrong.
    #[inline(always)]
    fn band(&self, starts: &[usize], rows: Range<usize>) -> Option<RestartBand> {
        let mut band = RestartBand { rows: Vec::new() };
        if rows.is_empty() {
            return Some(band);
        }
        let across = self.scan.units[0];
        // The first segment may begin in the row before; these blocks are read and dropped.
        let mut segment = rows.start * across / self.interval;
        let mut unit = segment * self.interval;
        let first = unit / across;
        let mut blocks = SequentialScan::new(self.scan, self.frame, self.tables, &mut band).ok()?;
        blocks.begin_at(first);
        let mut reader = BitReader::new(self.bytes, *starts.get(segment)?);
        for row in first..rows.end {
            while unit < (row + 1) * across {
                if unit == (segment + 1) * self.interval {
                    segment += 1;
                    reader = BitReader::new(self.bytes, *starts.get(segment)?);
                    blocks.restart();
                }
                self.scan.unit(&mut reader, &mut blocks, unit - row * across, row).ok()?;
                if reader.overrun() {
                    return None;
                }
                unit += 1;
            }
            if row < rows.start {
                blocks.begin_at(row + 1);
            } else {
                blocks.end_row(row).ok()?;
            }
        }
        Some(band)
    }
}

/// The reading of a band, compiled for the features of the CPU.
struct Reading<'r> {
    restarts: &'r Restarts<'r>,
    starts: &'r [usize],
    rows: Range<usize>,
}

impl simd::Job for Reading<'_> {
    type Output = Option<RestartBand>;

    #[inline(always)]
    fn run(self) -> Option<RestartBand> {
        self.restarts.band(self.starts, self.rows)
    }
}

/// Rows that wait to be handed on.
struct RestartBand {
    rows: Vec<FinishedRow>,
}

/// A row of blocks that is completely read.
struct FinishedRow {
    component: usize,
    number: usize,
    blocks: Vec<Block>,
    extents: Vec<Extent>,
    steps: Steps,
}

impl FinishedRow {
    fn view(&self) -> CoefficientRow<'_> {
        let Self { component, number, blocks, extents, steps } = self;
        CoefficientRow { component: *component, number: *number, blocks, extents, steps }
    }
}

impl CoefficientSink for RestartBand {
    fn row(&mut self, row: &CoefficientRow<'_>) -> Result<(), Error> {
        self.rows.push(FinishedRow {
            component: row.component,
            number: row.number,
            blocks: row.blocks.to_vec(),
            extents: row.extents.to_vec(),
            steps: *row.steps,
        });
        Ok(())
    }
}
