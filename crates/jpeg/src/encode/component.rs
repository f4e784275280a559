//! The coded form of one component.
//!
//! In: its blocks, row by row, from a transformed plane or from another source. Out: the first coefficients of all blocks, and the tokens
//! of each band for all others; the blocks themselves are not kept. The buffers are reused from picture to picture.

use super::band::Noted;
use super::coding::Coding;
use super::row::RowBuffer;
use super::script;
use super::trellis::Trellis;
use crate::error::Error;
use crate::plane::Plane;
use crate::simd::{Quantized, Quantizer};

/// A component that is being coded.
#[derive(Debug, Default)]
pub(crate) struct CodedComponent {
    /// Number of blocks across that hold samples. Scans of a single component code only these.
    pub(super) columns: usize,
    /// Number of blocks down that hold samples.
    pub(super) rows: usize,
    /// Blocks in a minimum coded unit, across and down.
    pub(super) factors: [usize; 2],
    /// Number of blocks in a row, including those that pad the last minimum coded unit.
    pub(super) stride: usize,
    /// The first coefficients of all blocks, including those that pad units.
    pub(super) means: Vec<i16>,
    /// The bands of the component's scans.
    pub(super) bands: Vec<Noted>,
    /// For each row: number of tokens of the first band before it.
    pub(super) starts: Vec<usize>,
}

impl CodedComponent {
    /// Codes a plane, with the parameters that were passed to [`begin`](Self::begin). `trellis` chooses values, if it is given.
    pub(super) fn transform(
        &mut self,
        plane: &Plane,
        quantizer: &Quantizer,
        trellis: Option<&Trellis>,
        row: &mut RowBuffer,
    ) -> Result<(), Error> {
        for number in 0..self.rows {
            row.transform(plane, number, quantizer);
            if let Some(trellis) = trellis {
                row.choose(plane, number, trellis);
            }
            self.push_row(&row.blocks)?;
        }
        self.finish()
    }

    /// Clears the buffers, and allocates memory for `size` blocks, across and down, of component `number`. `factors`: blocks in a minimum
    /// coded unit. All rows and [`finish`](Self::finish) must follow.
    pub(crate) fn begin(
        &mut self,
        size: [usize; 2],
        factors: [usize; 2],
        coding: Coding,
        number: usize,
    ) -> Result<(), Error> {
        [self.columns, self.rows] = size;
        self.factors = factors;
        self.stride = self.columns.next_multiple_of(factors[0]);
        self.means.clear();
        self.starts.clear();
        let bands = script::bands(coding, number).into_iter();
        self.bands = bands.map(|band| Noted::new(band, coding.progressive)).collect();
        self.means.try_reserve_exact(self.padded()).map_err(|_| Error::TooMuchMemory)?;
        self.starts.try_reserve_exact(self.rows).map_err(|_| Error::TooMuchMemory)
    }

    /// Returns the number of blocks, including those that pad units.
    pub(super) fn padded(&self) -> usize {
        self.stride * self.rows.next_multiple_of(self.factors[1])
    }

    /// Returns the number of minimum coded units in a row, and the number of rows.
    pub(super) fn units(&self) -> [usize; 2] {
        [self.stride / self.factors[0], self.rows.div_ceil(self.factors[1])]
    }

    /// Returns the number of rows of blocks that have been pushed.
    pub(crate) fn rows_pushed(&self) -> usize {
        self.starts.len()
    }

    /// Codes a row of the blocks that hold samples.
    pub(crate) fn push_row(&mut self, row: &[Quantized]) -> Result<(), Error> {
        self.starts.push(self.bands.first().map_or(0, |band| band.tokens.len()));
        self.means.extend(row.iter().map(|block| block.values[0]));
        // Blocks without samples cost least if they repeat the block coded just before, the one to the left.
        let last = self.means.last().copied().unwrap_or(0);
        self.means.resize(self.starts.len() * self.stride, last);
        self.bands.iter_mut().try_for_each(|band| band.row(row))
    }

    /// Ends all bands, and pads the last minimum coded units.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        // Below the last row, that is the block above, at the right of its unit.
        let across = self.factors[0];
        for at in self.means.len()..self.padded() {
            let like = (at - self.stride) / across * across + across - 1;
            self.means.push(self.means[like]);
        }
        self.bands.iter_mut().try_for_each(Noted::finish)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::Effort;
    use crate::plane::Density;

    #[test]
    fn blocks_fill_the_minimum_coded_unit() {
        let plane = Plane { width: 17, height: 9, density: [Density::FULL; 2], samples: vec![200; 17 * 9] };
        let mut component = CodedComponent::default();
        let coding = Coding { quality: 75, progressive: false, effort: Effort::Balanced };
        component.begin([3, 2], [2; 2], coding, 0).unwrap();
        component.transform(&plane, &Quantizer::new(&[1; 64], &[0; 64]), None, &mut RowBuffer::default()).unwrap();
        assert_eq!((component.columns, component.rows, component.stride), (3, 2, 4));
        assert_eq!(component.means, [576; 8]);
        // Only ends of blocks, and none for blocks that pad.
        assert_eq!((component.starts, component.bands[0].tokens.len()), (vec![0, 3], 6));
    }
}
