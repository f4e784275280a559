//! Scans: their headers, and the order of their blocks.

use super::bits::BitReader;
use super::frame::Frame;
use super::stop::Stop;
use crate::error::Error;

/// A scan header (T.81, B.2.3).
#[derive(Debug, Clone)]
pub(super) struct Scan {
    /// The components of the scan, in the order of their blocks in a unit.
    pub(super) parts: Vec<ScanComponent>,
    /// First and last coefficient, as places in the zigzag.
    pub(super) band: [u8; 2],
    /// The lowest bit that earlier scans coded; 0 if there was none.
    pub(super) high: u8,
    /// The lowest bit that this scan codes.
    pub(super) low: u8,
    /// Number of units in a row, and number of rows.
    pub(super) units: [usize; 2],
}

/// A component in a scan.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScanComponent {
    /// The component's number in the frame.
    pub(super) component: usize,
    /// Blocks in a unit, across and down.
    pub(super) factors: [usize; 2],
    /// The numbers of the Huffman tables.
    pub(super) tables: [usize; 2],
}

/// A reader of the blocks of a scan, in the order in which they are coded.
pub(super) trait Blocks {
    /// Reads the block of a part at a column and row of blocks.
    fn block(&mut self, reader: &mut BitReader<'_>, part: usize, column: usize, row: usize) -> Result<(), Stop>;
    /// Ends a row of units.
    fn end_row(&mut self, _row: usize) -> Result<(), Error> {
        Ok(())
    }
    /// Resets the predictions.
    fn restart(&mut self);
    /// Skips up to `count` blocks without any data, in a scan of one component. Returns the number of blocks skipped.
    #[inline(always)]
    fn pass(&mut self, _column: usize, _row: usize, _count: usize) -> usize {
        0
    }
    /// Whether it makes sense to continue after a damaged block in the same segment.
    const GOES_ON: bool;
    /// Whether a unit is always one block.
    const SINGLE: bool = false;
}

impl Scan {
    /// Reads a header.
    pub(super) fn read(payload: &[u8], frame: &Frame) -> Result<Self, Error> {
        let corrupt = |detail: &str| Error::corrupt(detail);
        let short = || corrupt("a scan header is too short");
        let (&count, rest) = payload.split_first().ok_or_else(short)?;
        let (parts, rest) = rest.split_at_checked(2 * usize::from(count)).ok_or_else(short)?;
        let &[first, last, approximation, ..] = rest else { return Err(short()) };
        let mut found: Vec<ScanComponent> = Vec::new();
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
            found.push(ScanComponent { component, factors: frame.components[component].factors, tables });
        }
        let units = match &mut found[..] {
            [] => return Err(corrupt("a scan has no components")),
            // A scan of one component consists of rows of blocks, without padding (T.81, A.2.2).
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

    /// Returns the number of blocks in a unit.
    pub(super) fn blocks_in_unit(&self) -> usize {
        self.parts.iter().map(|part| part.factors[0] * part.factors[1]).sum()
    }

    /// Returns the number of blocks in the scan.
    pub(super) fn blocks(&self) -> u64 {
        (self.units[0] * self.units[1]) as u64 * self.blocks_in_unit() as u64
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
}
