//! The coefficients of one component of a progressive frame, to which its scans add: those of a band of rows of units, or of all rows.

use super::frame::{Frame, FrameComponent};
use super::rows::{CoefficientRow, CoefficientSink};
use crate::error::Error;
use crate::simd::{BLOCK, Block, Extent, Steps};
use crate::zigzag::TRANSPOSED;

/// A band of rows of a component, padded to whole units.
#[derive(Debug, Clone)]
pub(super) struct Coefficients {
    /// Blocks in a row.
    columns: usize,
    /// Rows of blocks in a row of units.
    factor: usize,
    /// Number of rows of blocks in scans of this component alone.
    rows: usize,
    /// Number of the first row of blocks in this band.
    first: usize,
    /// The blocks, row by row.
    blocks: Vec<Block>,
    /// Per block, a bit set of the nonzero coefficients apart from the first, by their places in the zigzag: most are 0, and can be
    /// skipped.
    known: Vec<u64>,
}

impl Coefficients {
    /// Coefficients of all components of a frame, all 0, for this many rows of units.
    ///
    /// # Errors
    /// [`Error::TooMuchMemory`] if they do not fit into memory.
    pub(super) fn of(frame: &Frame, units: usize) -> Result<Vec<Self>, Error> {
        let components = frame.components.iter().map(|component| {
            let FrameComponent { factors, blocks, padded, .. } = component;
            let count = padded[0] * factors[1] * units;
            // The system provides zeroed memory, so that nothing has to be written.
            Vec::<Block>::new().try_reserve_exact(count + count / 16).map_err(|_| Error::TooMuchMemory)?;
            Ok(Self {
                columns: padded[0],
                factor: factors[1],
                rows: blocks[1],
                first: 0,
                blocks: vec![[0; BLOCK]; count],
                known: vec![0; count],
            })
        });
        components.collect()
    }

    /// Moves the band to another row of units, and clears it.
    pub(super) fn begin_at(&mut self, row: usize) {
        self.first = row * self.factor;
        for (block, known) in self.blocks.iter_mut().zip(&mut self.known) {
            if *known != 0 {
                *block = [0; BLOCK];
                *known = 0;
            }
            block[0] = 0;
        }
    }

    /// Returns the row that a scan of this component alone has reached when interleaved scans have reached row `unit` of units.
    pub(super) fn row_of(&self, unit: usize) -> usize {
        (unit * self.factor).min(self.rows)
    }

    /// Returns the first coefficient of a block, by its column and row.
    #[inline(always)]
    pub(super) fn first(&mut self, column: usize, row: usize) -> &mut i16 {
        &mut self.blocks[(row - self.first) * self.columns + column][0]
    }

    /// Returns a view of all blocks, for a scan of this component alone.
    pub(super) fn view(&mut self) -> View<'_> {
        View { columns: self.columns, first: self.first, blocks: &mut self.blocks, known: &mut self.known }
    }

    /// Hands all rows on to `rows`. `component`: the component's number in the frame.
    pub(super) fn hand_on(
        &self,
        component: usize,
        steps: &Steps,
        rows: &mut impl CoefficientSink,
    ) -> Result<(), Error> {
        let mut extents = Vec::with_capacity(self.columns);
        let both = self.blocks.chunks_exact(self.columns).zip(self.known.chunks_exact(self.columns));
        for (row, (blocks, known)) in both.enumerate() {
            extents.clear();
            extents.extend(known.iter().map(|known| extent(*known)));
            let number = self.first + row;
            rows.row(&CoefficientRow { component, number, blocks, extents: &extents, steps })?;
        }
        Ok(())
    }
}

/// Returns the extent of a block from the bit set of its nonzero coefficients apart from the first.
fn extent(known: u64) -> Extent {
    /// Bit set of the places of the lowest four frequencies in either direction.
    const LOW: u64 = {
        let (mut low, mut place) = (0, 0);
        while place < BLOCK {
            let at = TRANSPOSED[place] as usize;
            if at / 8 < 4 && at % 8 < 4 {
                low |= 1 << place;
            }
            place += 1;
        }
        low
    };
    match known {
        0 => Extent::Mean,
        _ if known & !LOW == 0 => Extent::Low,
        _ => Extent::Full,
    }
}

/// The part of a component that one scan needs; it can be kept in registers.
pub(super) struct View<'w> {
    columns: usize,
    first: usize,
    blocks: &'w mut [Block],
    known: &'w mut [u64],
}

impl View<'_> {
    /// Returns a block by its column and row, with the bit set of its nonzero coefficients.
    #[inline(always)]
    pub(super) fn at(&mut self, column: usize, row: usize) -> (&mut Block, &mut u64) {
        let at = (row - self.first) * self.columns + column;
        (&mut self.blocks[at], &mut self.known[at])
    }

    /// Returns the bit sets of nonzero coefficients of the blocks of a row, from a column on.
    #[inline(always)]
    pub(super) fn known(&self, column: usize, row: usize) -> &[u64] {
        &self.known[(row - self.first) * self.columns + column..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_are_those_of_the_block() {
        for place in 1..BLOCK {
            let mut block = [0; BLOCK];
            block[usize::from(TRANSPOSED[place])] = 1;
            assert_eq!(extent(1 << place), Extent::of(&block), "{place}");
        }
        assert_eq!(extent(0), Extent::of(&[0; BLOCK]));
    }
}
