//! The blocks of a component, kept until they are read in another order.
//!
//! In: rows of blocks. Out: any block. There may be two million blocks, so their form is compact: the first coefficient, a bit set of the
//! other nonzero ones, and these, mostly one byte each.

use crate::error::Error;
use crate::simd::Quantized;

/// Escape before a value that does not fit into a byte.
const WIDE: u8 = 0x80;

/// Rows of blocks.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    rows: Vec<ShelfRow>,
    /// Buffer in which a row is assembled.
    room: Vec<u8>,
}

/// A row of blocks. Each is stored as its first coefficient, the length of its bit set in bytes, the bit set, and the values.
#[derive(Debug)]
struct ShelfRow {
    bytes: Vec<u8>,
    /// Start of each block in `bytes`.
    starts: Vec<u32>,
}

impl Shelf {
    /// Returns the number of rows that have arrived.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Appends a row.
    ///
    /// # Errors
    /// If there is no memory left.
    pub(super) fn push(&mut self, blocks: &[Quantized]) -> Result<(), Error> {
        let room = &mut self.room;
        room.clear();
        let mut starts = Vec::new();
        starts.try_reserve_exact(blocks.len()).map_err(|_| Error::TooMuchMemory)?;
        for block in blocks {
            // A row has at most 8192 blocks.
            starts.push(room.len() as u32);
            room.extend(block.values[0].to_le_bytes());
            let mut places = block.nonzero & !1;
            let length = 8 - places.leading_zeros() as usize / 8;
            room.push(length as u8);
            room.extend(&places.to_le_bytes()[..length]);
            while places != 0 {
                let value = block.values[places.trailing_zeros() as usize % 64];
                places &= places - 1;
                match i8::try_from(value).map(i8::cast_unsigned) {
                    Ok(byte) if byte != WIDE => room.push(byte),
                    _ => {
                        room.push(WIDE);
                        room.extend(value.to_le_bytes());
                    }
                }
            }
        }
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(room.len()).map_err(|_| Error::TooMuchMemory)?;
        bytes.extend_from_slice(room);
        self.rows.push(ShelfRow { bytes, starts });
        Ok(())
    }

    /// Returns the block in a column of a row, or an empty one if it is missing.
    pub(super) fn block(&self, column: usize, row: usize) -> Quantized {
        let mut block = Quantized::EMPTY;
        if let Some(row) = self.rows.get(row)
            && let Some(&start) = row.starts.get(column)
        {
            let mut bytes = row.bytes[start as usize..].iter().copied();
            let mut byte = || bytes.next().unwrap_or_default();
            block.values[0] = i16::from_le_bytes([byte(), byte()]);
            let mut places = [0; 8];
            let length = usize::from(byte());
            places[..length].iter_mut().for_each(|place| *place = byte());
            let mut places = u64::from_le_bytes(places);
            block.nonzero = places;
            while places != 0 {
                let place = places.trailing_zeros();
                places &= places - 1;
                let value = match byte() {
                    WIDE => i16::from_le_bytes([byte(), byte()]),
                    value => i16::from(value.cast_signed()),
                };
                block.values[place as usize % 64] = value;
                block.large |= u64::from(value.unsigned_abs() > 1) << place;
            }
        }
        block
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::noise;

    #[test]
    fn blocks_come_back_as_they_were() {
        let mut random = noise(1);
        let mut rows: Vec<Vec<Quantized>> = (0..5)
            .map(|density| {
                let value = |at: usize, random: &mut dyn FnMut() -> u16| match random() % 5 {
                    now if now >= density && at > 0 => 0,
                    _ => [random() as i16 % 3, random() as i16 % 300, random() as i16][usize::from(random() % 3)],
                };
                (0..9).map(|_| Quantized::new(std::array::from_fn(|at| value(at, &mut random)))).collect()
            })
            .collect();
        rows.push(
            [-128, 127, -127, 128, -129, i16::MIN, i16::MAX, 0, 1].map(|value| Quantized::new([value; 64])).into(),
        );
        let mut shelf = Shelf::default();
        rows.iter().for_each(|row| shelf.push(row).unwrap());
        for (y, row) in rows.iter().enumerate() {
            for (x, block) in row.iter().enumerate() {
                // The flags of the first coefficient are not kept.
                let mut expected = block.clone();
                (expected.nonzero, expected.large) = (block.nonzero & !1, block.large & !1);
                assert_eq!(shelf.block(x, y), expected);
            }
        }
        assert_eq!((shelf.rows(), shelf.block(9, 0), shelf.block(0, 6)), (6, Quantized::EMPTY, Quantized::EMPTY));
    }
}
