//! What is said of one component.
//!
//! In: its blocks, row by row, from a transformed plane or from anywhere else. Out: the first coefficients of all blocks, and
//! of all others what each band says of them; blocks themselves are not kept. The buffers serve one picture after the other.

use super::band::Noted;
use super::coding::Coding;
use super::row::RowBuffer;
use super::script;
use super::trellis::Trellis;
use crate::error::Error;
use crate::plane::Plane;
use crate::simd::{Quantized, Quantizer};

/// A component in the making.
#[derive(Debug, Default)]
pub(crate) struct CodedComponent {
    /// Blocks across that hold samples, which are all that scans of a single component code.
    pub(super) columns: usize,
    /// The same, down.
    pub(super) rows: usize,
    /// Blocks in a minimum coded unit, across and down.
    pub(super) factors: [usize; 2],
    /// Blocks in a row, with those that fill the last minimum coded unit.
    pub(super) stride: usize,
    /// The first coefficients of all blocks, those included that fill units.
    pub(super) means: Vec<i16>,
    /// The bands that are needed.
    pub(super) bands: Vec<Noted>,
    /// For each row: how many tokens of the first band come before it.
    pub(super) starts: Vec<usize>,
}

impl CodedComponent {
    /// Takes the coefficients of a plane; how it has [begun](Self::begin) tells how. `trellis` chooses values, where there is one.
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

    /// Forgets what was there, and makes room for so many blocks, across and down, of a component by its number. `factors`: those in a
    /// minimum coded unit. To be followed by all rows, and [`finish`](Self::finish).
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

    /// How many blocks there are with those that fill units.
    pub(super) fn padded(&self) -> usize {
        self.stride * self.rows.next_multiple_of(self.factors[1])
    }

    /// Minimum coded units in a row, and rows of them.
    pub(super) fn units(&self) -> [usize; 2] {
        [self.stride / self.factors[0], self.rows.div_ceil(self.factors[1])]
    }

    /// How many rows of blocks have been pushed.
    pub(crate) fn rows_pushed(&self) -> usize {
        self.starts.len()
    }

    /// Takes a row of blocks, as many as hold samples.
    pub(crate) fn push_row(&mut self, row: &[Quantized]) -> Result<(), Error> {
        self.starts.push(self.bands.first().map_or(0, |band| band.tokens.len()));
        self.means.extend(row.iter().map(|block| block.values[0]));
        // Blocks without samples cost least if they repeat what was coded just before: the block at the left.
        let last = self.means.last().copied().unwrap_or(0);
        self.means.resize(self.starts.len() * self.stride, last);
        self.bands.iter_mut().try_for_each(|band| band.row(row))
    }

    /// Ends all bands, and fills the last minimum coded units.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        // Here it is the block above, at the right of its unit.
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
        // Only ends of blocks, none for those that fill.
        assert_eq!((component.starts, component.bands[0].tokens.len()), (vec![0, 3], 6));
    }
}
