//! Quantized coefficients of one component, of which only those that are not zero are kept.
//!
//! In: blocks, row by row, from a transformed plane or from anywhere else. Out: for each block two sets of bits that say where
//! something is, so that scans need not look for it, and the values. The buffers serve one picture after the other.

use super::row::Row;
use super::trellis::Trellis;
use crate::image::error::Error;
use crate::image::plane::Plane;
use crate::image::simd::{self, BLOCK, Job, Quantized, Quantizer};

/// What is known of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// A bit for each place of the zigzag from 1 on whose coefficient is not zero.
    pub(super) nonzero: u64,
    /// A bit for each of those that are neither 1 nor -1.
    pub(super) large: u64,
    /// The first coefficient.
    pub(super) dc: i16,
    /// Where the values of this block begin.
    start: u32,
}

/// The coefficients of one component.
#[derive(Debug, Default)]
pub(in crate::image) struct Component {
    /// Blocks across that hold samples, which are all that scans of a single component code.
    pub(super) columns: usize,
    /// The same, down.
    pub(super) rows: usize,
    /// Blocks in a minimum coded unit, across and down.
    pub(super) factors: [usize; 2],
    /// Blocks in a row, with those that fill the last minimum coded unit.
    pub(super) stride: usize,
    /// All blocks, those included that fill units.
    pub(super) blocks: Vec<Block>,
    /// The coefficients that are not zero, by rising place, block after block; behind them there is room.
    values: Vec<i16>,
    /// How many they are.
    count: usize,
}

impl Component {
    /// Takes the coefficients of a plane. `factors`: blocks of it in a minimum coded unit, across and down. `trellis` chooses values,
    /// where there is one.
    pub(super) fn transform(
        &mut self,
        plane: &Plane,
        quantizer: &Quantizer,
        trellis: Option<&Trellis>,
        factors: [usize; 2],
        row: &mut Row,
    ) -> Result<(), Error> {
        self.begin([plane.width.div_ceil(8), plane.height.div_ceil(8)], factors)?;
        for number in 0..self.rows {
            row.transform(plane, number, quantizer);
            if let Some(trellis) = trellis {
                row.choose(plane, number, trellis);
            }
            self.push_row(&row.blocks)?;
        }
        self.finish();
        Ok(())
    }

    /// Forgets what was there, and makes room for so many blocks, across and down. `factors`: those in a minimum coded unit. To be
    /// followed by all rows, and [`finish`](Self::finish).
    pub(in crate::image) fn begin(&mut self, size: [usize; 2], factors: [usize; 2]) -> Result<(), Error> {
        [self.columns, self.rows] = size;
        self.factors = factors;
        self.stride = self.columns.next_multiple_of(factors[0]);
        self.blocks.clear();
        self.count = 0;
        self.blocks.try_reserve_exact(self.padded()).map_err(|_| Error::TooMuchMemory)
    }

    /// How many blocks there are with those that fill units.
    fn padded(&self) -> usize {
        self.stride * self.rows.next_multiple_of(self.factors[1])
    }

    /// Minimum coded units in a row, and rows of them.
    pub(super) fn units(&self) -> [usize; 2] {
        [self.stride / self.factors[0], self.rows.div_ceil(self.factors[1])]
    }

    /// How many rows of blocks have been pushed.
    pub(in crate::image) fn rows_pushed(&self) -> usize {
        self.blocks.len() / self.stride
    }

    /// Takes a row of blocks, as many as hold samples.
    pub(in crate::image) fn push_row(&mut self, row: &[Quantized]) -> Result<(), Error> {
        // Eight more than there can be, because eight are written at a time.
        let most = self.count + row.len() * BLOCK + 8;
        if let Some(missing) = most.checked_sub(self.values.len()) {
            let more = missing + self.count / 4;
            self.values.try_reserve_exact(more).map_err(|_| Error::TooMuchMemory)?;
            self.values.resize(self.values.len() + more, 0);
        }
        self.count = simd::run(Pack { row, blocks: &mut self.blocks, values: &mut self.values, count: self.count });
        for _ in self.columns..self.stride {
            self.fill(self.blocks.len() - 1);
        }
        Ok(())
    }

    /// Fills the last minimum coded units. Blocks without samples cost least if they repeat what was coded just before: the
    /// block above, at the right.
    pub(in crate::image) fn finish(&mut self) {
        let across = self.factors[0];
        for at in self.blocks.len()..self.padded() {
            self.fill((at - self.stride) / across * across + across - 1);
        }
    }

    /// The same blocks in another order, so many across and down: `from` tells for each column and row the place here, counted row
    /// by row. Here they fill no units; there they do.
    pub(in crate::image) fn arranged(
        self,
        size: [usize; 2],
        factors: [usize; 2],
        from: impl Fn([usize; 2]) -> usize,
    ) -> Result<Self, Error> {
        let mut arranged = Self::default();
        arranged.begin(size, factors)?;
        for row in 0..arranged.rows {
            for column in 0..arranged.columns {
                arranged.blocks.extend(self.blocks.get(from([column, row])).copied());
            }
            for _ in arranged.columns..arranged.stride {
                arranged.fill(arranged.blocks.len() - 1);
            }
        }
        arranged.finish();
        (arranged.values, arranged.count) = (self.values, self.count);
        Ok(arranged)
    }

    fn fill(&mut self, like: usize) {
        if let Some(like) = self.blocks.get(like) {
            // 64 values for each of the blocks of the largest picture are fewer than 2^32.
            let start = self.count as u32;
            self.blocks.push(Block { nonzero: 0, large: 0, dc: like.dc, start });
        }
    }

    /// The value at a place of a block that is not zero.
    #[inline(always)]
    pub(super) fn value(&self, block: &Block, place: u32) -> i16 {
        self.values_from(block, place).first().copied().unwrap_or(0)
    }

    /// The values from a place of a block on, and those of the blocks behind it.
    #[inline(always)]
    pub(super) fn values_from(&self, block: &Block, place: u32) -> &[i16] {
        let before = (block.nonzero & ((1 << place) - 1)).count_ones();
        self.values.get(block.start as usize + before as usize..).unwrap_or_default()
    }
}

/// Appends a row of blocks, and their values that are not zero; tells how many values there are then.
struct Pack<'a> {
    row: &'a [Quantized],
    blocks: &'a mut Vec<Block>,
    values: &'a mut [i16],
    count: usize,
}

impl Job for Pack<'_> {
    type Output = usize;

    #[inline(always)]
    fn run(self) -> usize {
        let mut count = self.count;
        for block in self.row {
            let nonzero = block.nonzero & !1;
            self.blocks.push(Block { nonzero, large: block.large & !1, dc: block.values[0], start: count as u32 });
            // Eight at a time, whether there are as many or not: what is too much is written over by the next block.
            let mut places = nonzero;
            let room = self.values.get_mut(count..).unwrap_or_default();
            for eight in room.as_chunks_mut::<8>().0 {
                for value in eight {
                    *value = block.values[(places.trailing_zeros() % 64) as usize];
                    places &= places.wrapping_sub(1);
                }
                if places == 0 {
                    break;
                }
            }
            count += nonzero.count_ones() as usize;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::plane::Density;

    #[test]
    fn blocks_fill_the_minimum_coded_unit() {
        let plane = Plane { width: 17, height: 9, density: [Density::FULL; 2], samples: vec![200; 17 * 9] };
        let mut component = Component::default();
        component.transform(&plane, &Quantizer::new(&[1; 64], &[0; 64]), None, [2; 2], &mut Row::default()).unwrap();
        assert_eq!((component.columns, component.rows, component.stride, component.blocks.len()), (3, 2, 4, 8));
        assert!(component.blocks.iter().all(|block| block.dc == 576 && block.nonzero == 0), "{:?}", component.blocks);
    }

    #[test]
    fn values_are_found_by_their_place() {
        let mut state = 1_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as u16
        };
        let rows: Vec<Vec<Quantized>> = (0..4)
            .map(|density| {
                let block = |_| {
                    Quantized::new(std::array::from_fn(
                        |_| if random() % 4 < density { random() as i16 % 5 } else { 0 },
                    ))
                };
                (0..9).map(block).collect()
            })
            .collect();
        let mut component = Component::default();
        for _ in 0..2 {
            component.begin([9, 4], [1; 2]).unwrap();
            rows.iter().for_each(|row| component.push_row(row).unwrap());
            component.finish();
            for (block, given) in component.blocks.iter().zip(rows.iter().flatten()) {
                assert_eq!(
                    (block.dc, block.nonzero, block.large),
                    (given.values[0], given.nonzero & !1, given.large & !1)
                );
                for place in (1..64).filter(|place| block.nonzero >> place & 1 == 1) {
                    assert_eq!(component.value(block, place), given.values[place as usize]);
                }
            }
        }
    }
}
