//! The first scan of a band (T.81, G.1.2.2), and all coefficients of a sequential file but the first of each block (F.1.2.2). The only
//! difference is that each block of a sequential file has its own end.

use super::run::Run;
use super::script::Band;
use super::tokens::{Notes, Tokens, ZEROS};
use crate::error::Error;
use crate::simd::{Job, Quantized};

/// Limit on the tokens of a block: one for each coefficient and one more for its bits, some for zeros, and two for the run before.
const MOST: usize = 2 * 64 + 6;

/// The coding of a row of blocks.
pub(super) struct First<'a> {
    pub(super) row: &'a [Quantized],
    pub(super) band: Band,
    /// The current run of ended blocks.
    pub(super) run: &'a mut Run,
    /// The tokens of the band.
    pub(super) tokens: &'a mut Tokens,
}

impl Job for First<'_> {
    type Output = Result<(), Error>;

    #[inline(always)]
    fn run(self) -> Result<(), Error> {
        let Self { row, band, run, tokens } = self;
        let mut notes = tokens.note(row.len() * MOST)?;
        let (first, last) = (u32::from(band.first), u32::from(band.last));
        for block in row {
            let mut places = band.places() & if band.low == 0 { block.nonzero } else { block.large };
            let mut next = first;
            if places != 0 {
                run.end(&mut notes);
            }
            while places != 0 {
                let place = places.trailing_zeros();
                places &= places - 1;
                let zeros = long_zeros(place - next, &mut notes);
                let value = block.values[place as usize % 64];
                notes.number(zeros, u32::from(value.unsigned_abs()) >> band.low, value < 0);
                next = place + 1;
            }
            if next <= last && run.add() {
                run.end(&mut notes);
            }
        }
        notes.close()
    }
}

/// Codes every full run of sixteen zeros. Returns the number of remaining zeros.
#[inline(always)]
fn long_zeros(mut zeros: u32, notes: &mut Notes<'_>) -> u32 {
    while zeros > 15 {
        notes.symbol(ZEROS, 0, 0);
        zeros -= 16;
    }
    zeros
}
