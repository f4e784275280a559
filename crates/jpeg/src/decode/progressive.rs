//! Scans of progressive frames: coefficients are coded in bands and bit by bit (T.81, G).

use std::ops::Range;
use std::sync::Arc;

use super::band::{first_bits, one_more_bit, places};
use super::bits::BitReader;
use super::coefficients::{Coefficients, View};
use super::damage::Tally;
use super::huffman::HuffmanTable;
use super::scan::{Blocks, Scan};
use super::stop::Stop;
use super::tables::Tables;
use super::walk::Walk;
use crate::error::Error;

/// A progressive scan, and the progress of its reading.
#[derive(Debug)]
pub(super) struct ProgressiveScan<'a> {
    scan: Scan,
    walk: Walk<'a>,
    kind: Kind,
}

/// The kind of coefficients in a scan, with the state that outlasts a block.
#[derive(Debug)]
enum Kind {
    DcFirst(Vec<Prediction>),
    DcBit,
    AcFirst(BandRun),
    AcBit(BandRun),
}

/// The prediction for one component in a scan of first coefficients.
#[derive(Debug)]
struct Prediction {
    table: Arc<HuffmanTable>,
    value: i32,
}

/// A band of coefficients, with its current run of ended blocks.
#[derive(Debug)]
struct BandRun {
    table: Arc<HuffmanTable>,
    band: Range<usize>,
    /// Number of blocks, from here on, that have no more coefficients in this band.
    finished: u32,
}

impl<'a> ProgressiveScan<'a> {
    /// A scan whose data begin where the `walk` does; `tables` are those that are in effect there.
    pub(super) fn new(scan: Scan, tables: &Tables, walk: Walk<'a>) -> Result<Self, Error> {
        let [first, last] = scan.band.map(usize::from);
        if first == 0 && last != 0 || first > 0 && scan.parts.len() > 1 || scan.high > 0 && scan.high != scan.low + 1 {
            return Err(Error::corrupt("a progressive scan has an impossible band"));
        }
        let predictions =
            || scan.parts.iter().map(|part| Ok(Prediction { table: Arc::clone(tables.dc(part.tables[0])?), value: 0 }));
        let run = || {
            Ok(BandRun { table: Arc::clone(tables.ac(scan.parts[0].tables[1])?), band: first..last + 1, finished: 0 })
        };
        let kind = match (first, scan.high) {
            (0, 0) => Kind::DcFirst(predictions().collect::<Result<_, Error>>()?),
            (0, _) => Kind::DcBit,
            (_, 0) => Kind::AcFirst(run()?),
            (_, _) => Kind::AcBit(run()?),
        };
        Ok(Self { scan, walk, kind })
    }

    /// Adds the data before row `end` of units to the `coefficients` of the frame's components.
    pub(super) fn read(&mut self, end: usize, coefficients: &mut [Coefficients]) -> Result<(), Error> {
        let Self { scan, walk, kind } = self;
        let low = scan.low;
        // A scan of one component consists of rows of blocks.
        let component = scan.parts[0].component;
        let end = if scan.parts.len() > 1 { end } else { coefficients[component].row_of(end) };
        match kind {
            Kind::DcFirst(predictions) => walk.until(end, scan, &mut DcFirst { low, scan, predictions, coefficients }),
            Kind::DcBit => walk.until(end, scan, &mut DcBit { low, scan, coefficients }),
            Kind::AcFirst(BandRun { table, band, finished }) => {
                let coefficients = coefficients[component].view();
                let mut blocks = AcFirst { low, table, band: band.clone(), finished: *finished, coefficients };
                walk.until(end, scan, &mut blocks)?;
                *finished = blocks.finished;
                Ok(())
            }
            Kind::AcBit(BandRun { table, band, finished }) => {
                let coefficients = coefficients[component].view();
                let mut blocks = AcBit { low, table, band: band.clone(), finished: *finished, coefficients };
                walk.until(end, scan, &mut blocks)?;
                *finished = blocks.finished;
                Ok(())
            }
        }
    }

    /// Returns the counts of missing and damaged blocks.
    pub(super) fn tally(&self) -> Tally {
        self.walk.tally(&self.scan)
    }
}

/// A reader of the highest bits of first coefficients.
struct DcFirst<'w> {
    low: u8,
    scan: &'w Scan,
    predictions: &'w mut [Prediction],
    coefficients: &'w mut [Coefficients],
}

impl Blocks for DcFirst<'_> {
    // A reading error here would spoil the coefficients of earlier scans.
    const GOES_ON: bool = false;

    #[inline(always)]
    fn block(&mut self, reader: &mut BitReader<'_>, part: usize, column: usize, row: usize) -> Result<(), Stop> {
        let Prediction { table, value } = &mut self.predictions[part];
        reader.fill();
        let size = table.symbol(reader)?;
        if size > 15 {
            return Err(Stop::Damage);
        }
        *value = value.wrapping_add(reader.take_signed(u32::from(size)));
        *self.coefficients[self.scan.parts[part].component].first(column, row) = (*value << self.low) as i16;
        Ok(())
    }

    fn restart(&mut self) {
        self.predictions.iter_mut().for_each(|prediction| prediction.value = 0);
    }
}

/// A reader of one more bit of each first coefficient.
struct DcBit<'w> {
    low: u8,
    scan: &'w Scan,
    coefficients: &'w mut [Coefficients],
}

impl Blocks for DcBit<'_> {
    const GOES_ON: bool = false;

    #[inline(always)]
    fn block(&mut self, reader: &mut BitReader<'_>, part: usize, column: usize, row: usize) -> Result<(), Stop> {
        reader.fill();
        let bit = (reader.take(1) << self.low) as i16;
        *self.coefficients[self.scan.parts[part].component].first(column, row) |= bit;
        Ok(())
    }

    fn restart(&mut self) {}
}

/// A reader of the highest bits of a band of one component.
struct AcFirst<'w> {
    low: u8,
    table: &'w HuffmanTable,
    band: Range<usize>,
    finished: u32,
    coefficients: View<'w>,
}

impl Blocks for AcFirst<'_> {
    const GOES_ON: bool = false;
    const SINGLE: bool = true;

    #[inline(always)]
    fn block(&mut self, reader: &mut BitReader<'_>, _: usize, column: usize, row: usize) -> Result<(), Stop> {
        let (block, known) = self.coefficients.at(column, row);
        first_bits(reader, self.table, self.band.clone(), self.low, &mut self.finished, block, known)
    }

    #[inline(always)]
    fn pass(&mut self, _: usize, _: usize, count: usize) -> usize {
        let passed = count.min(self.finished as usize);
        self.finished -= passed as u32;
        passed
    }

    fn restart(&mut self) {
        self.finished = 0;
    }
}

/// A reader of one more bit of a band of one component.
struct AcBit<'w> {
    low: u8,
    table: &'w HuffmanTable,
    band: Range<usize>,
    finished: u32,
    coefficients: View<'w>,
}

impl Blocks for AcBit<'_> {
    const GOES_ON: bool = false;
    const SINGLE: bool = true;

    #[inline(always)]
    fn block(&mut self, reader: &mut BitReader<'_>, _: usize, column: usize, row: usize) -> Result<(), Stop> {
        let (block, known) = self.coefficients.at(column, row);
        one_more_bit(reader, self.table, self.band.clone(), self.low, &mut self.finished, block, known)
    }

    #[inline(always)]
    fn pass(&mut self, column: usize, row: usize, count: usize) -> usize {
        let most = count.min(self.finished as usize);
        if most == 0 {
            return 0;
        }
        let band = places(&self.band);
        let known = &self.coefficients.known(column, row)[..most];
        let passed = known.iter().position(|known| known & band != 0).unwrap_or(most);
        self.finished -= passed as u32;
        passed
    }

    fn restart(&mut self) {
        self.finished = 0;
    }
}
