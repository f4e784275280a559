//! A band that nothing was sent of before (T.81, G.1.2.2); and all coefficients of a sequential file but the first ones (F.1.2.2), where
//! the only difference is that each block ends by itself.

use super::run::{Run, long_zeros};
use super::tokens::Tokens;
use crate::image::error::Error;
use crate::image::simd::{Job, Quantized};

/// The most tokens for a block: one for each coefficient and one more for its bits, some for zeros, and two for the run before.
const MOST: usize = 2 * 64 + 6;

/// A row of blocks.
pub(super) struct First<'a> {
    pub(super) row: &'a [Quantized],
    /// A bit for each place of the band.
    pub(super) places: u64,
    /// The lowest bit that is sent.
    pub(super) low: u8,
    /// Blocks that have ended.
    pub(super) run: &'a mut Run,
    /// Where it is noted.
    pub(super) tokens: &'a mut Tokens,
}

impl Job for First<'_> {
    type Output = Result<(), Error>;

    #[inline(always)]
    fn run(self) -> Result<(), Error> {
        let Self { row, places: band, low, run, tokens } = self;
        let mut notes = tokens.note(row.len() * MOST)?;
        let (first, behind) = (band.trailing_zeros(), 64 - band.leading_zeros());
        for block in row {
            let mut places = band & if low == 0 { block.nonzero } else { block.large };
            let mut next = first;
            if places != 0 {
                run.end(&mut notes);
            }
            while places != 0 {
                let place = places.trailing_zeros();
                places &= places - 1;
                let zeros = long_zeros(place - next, &mut notes);
                let value = block.values[place as usize % 64];
                notes.number(zeros, u32::from(value.unsigned_abs()) >> low, value < 0);
                next = place + 1;
            }
            if next < behind && run.add() {
                run.end(&mut notes);
            }
        }
        notes.close()
    }
}
