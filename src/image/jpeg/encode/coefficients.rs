//! From samples to quantized coefficients, of which only those that are not zero are kept.

use crate::image::error::Error;
use crate::image::jpeg::zigzag::TRANSPOSED;
use crate::image::plane::Plane;
use crate::image::simd::{self, BLOCK, Block, Quantizer};

/// A coefficient that is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its place in the zigzag, 1 to 63.
    pub(super) place: u8,
    /// Its value.
    pub(super) value: i16,
}

/// The coefficients of one component.
#[derive(Debug, Default)]
pub(super) struct Component {
    /// Blocks across that hold samples, which are all that scans of a single component code.
    pub(super) columns: usize,
    /// The same, down.
    pub(super) rows: usize,
    /// Blocks in a row, with those that fill the last minimum coded unit.
    pub(super) stride: usize,
    /// For each block: the first coefficient.
    pub(super) dc: Vec<i16>,
    /// For each block: where its entries end.
    ends: Vec<u32>,
    entries: Vec<Entry>,
}

/// The other way round: the place in the zigzag of what stands at a position of a [`Block`].
const PLACES: [u8; 64] = {
    let mut places = [0; 64];
    let mut place = 0;
    while place < 64 {
        places[TRANSPOSED[place] as usize] = place as u8;
        place += 1;
    }
    places
};

impl Component {
    /// Transforms a plane. `unit` is the number of blocks of this component on each side of a minimum coded unit: 1 or 2.
    pub(super) fn of(plane: &Plane, quantizer: &Quantizer, unit: usize) -> Result<Self, Error> {
        let (columns, rows) = (plane.width.div_ceil(8), plane.height.div_ceil(8));
        let stride = columns.next_multiple_of(unit);
        let all = stride * rows.next_multiple_of(unit);
        let mut component = Self { columns, rows, stride, ..Self::default() };
        component.dc.try_reserve_exact(all).map_err(|_| Error::TooMuchMemory)?;
        component.ends.try_reserve_exact(all).map_err(|_| Error::TooMuchMemory)?;
        let mut blocks = vec![[0; BLOCK]; columns];
        for row in 0..rows {
            let samples = std::array::from_fn(|y| plane.row((row * 8 + y).min(plane.height - 1)));
            simd::forward(samples, quantizer, &mut blocks);
            component.entries.try_reserve(columns * BLOCK).map_err(|_| Error::TooMuchMemory)?;
            blocks.iter().for_each(|block| component.push(block));
            for _ in columns..stride {
                component.fill(component.dc[component.dc.len() - 1]);
            }
        }
        // Blocks without samples cost least if they repeat what was coded just before: the block above, at the right.
        for at in component.dc.len()..all {
            component.fill(component.dc[(at - stride) | 1]);
        }
        Ok(component)
    }

    /// The entries of a block, by rising place.
    pub(super) fn entries(&self, block: usize) -> &[Entry] {
        let start = if block == 0 { 0 } else { self.ends[block - 1] };
        &self.entries[start as usize..self.ends[block] as usize]
    }

    fn push(&mut self, block: &Block) {
        // Few are not zero: they are put in order as bits, which costs nothing for all the others.
        let mut found = occupied(block) & !1;
        let mut places = 0_u64;
        while found != 0 {
            places |= 1 << PLACES[found.trailing_zeros() as usize];
            found &= found - 1;
        }
        while places != 0 {
            let place = places.trailing_zeros() as u8;
            self.entries.push(Entry { place, value: block[usize::from(TRANSPOSED[usize::from(place)])] });
            places &= places - 1;
        }
        self.fill(block[0]);
    }

    /// Ends a block.
    fn fill(&mut self, dc: i16) {
        self.dc.push(dc);
        // 64 entries for each of the blocks of the largest picture are fewer than 2^32.
        self.ends.push(self.entries.len() as u32);
    }
}

/// A bit for each coefficient that is not zero.
fn occupied(block: &[i16; 64]) -> u64 {
    let mut flags = [0_u8; 64];
    for (flag, value) in flags.iter_mut().zip(block) {
        *flag = u8::from(*value != 0);
    }
    let mut bits = 0;
    for (at, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
        // Gathers the lowest bit of each byte in the highest byte of the product.
        let byte = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= byte << (8 * at);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::plane::Density;

    #[test]
    fn bits_stand_where_coefficients_are() {
        let mut block = [0; 64];
        for at in [0, 1, 7, 8, 20, 62, 63] {
            block[at] = -3;
            let expected = block.iter().enumerate().fold(0, |bits, (at, value)| bits | u64::from(*value != 0) << at);
            assert_eq!(occupied(&block), expected);
        }
    }

    #[test]
    fn blocks_fill_the_minimum_coded_unit() {
        let plane = Plane { width: 17, height: 9, density: [Density::FULL; 2], samples: vec![200; 17 * 9] };
        let component = Component::of(&plane, &Quantizer::new(&[1; 64]), 2).unwrap();
        assert_eq!((component.columns, component.rows, component.stride, component.dc.len()), (3, 2, 4, 8));
        assert!(component.dc.iter().all(|dc| *dc == 576), "{:?}", component.dc);
        assert!((0..8).all(|block| component.entries(block).is_empty()));
    }
}
