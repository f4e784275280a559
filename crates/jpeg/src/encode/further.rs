//! Refinement of a band by its lowest bit, after all higher bits (T.81, G.1.2.3).
//!
//! New coefficients are symbols. After each symbol follows one bit, a correction, for every coefficient that the symbol passes and that
//! was known before. Corrections after the last new coefficient are held back until the run of ended blocks is coded.

use super::run::Run;
use super::script::Band;
use super::tokens::{Notes, Tokens, ZEROS};
use crate::error::Error;
use crate::simd::{Job, Quantized};

/// The coding of a row of blocks.
pub(super) struct Further<'a> {
    pub(super) row: &'a [Quantized],
    pub(super) band: Band,
    /// The current run of ended blocks.
    pub(super) run: &'a mut Run,
    /// The corrections of these blocks.
    pub(super) held: &'a mut Held,
    /// The tokens of the band.
    pub(super) tokens: &'a mut Tokens,
}

/// Number of corrections that decoders expect to hold back at most.
const MOST_CORRECTIONS: u32 = 937;

/// Limit on the tokens of a block: one for each coefficient, one for every sixteen zeros, and as many with corrections.
const MOST: usize = 2 * (64 + 4);

impl Job for Further<'_> {
    type Output = Result<(), Error>;

    #[inline(always)]
    fn run(self) -> Result<(), Error> {
        let Self { row, band, run, held, tokens } = self;
        let mut notes = tokens.note(row.len() * MOST + held.most())?;
        let (first, last) = (u32::from(band.first), u32::from(band.last));
        for block in row {
            let mut new = block.nonzero & !block.large & band.places();
            let mut known = block.large & band.places();
            let mut next = first;
            let value = |place: u32| block.values[place as usize % 64];
            let mut corrections = Corrections::default();
            if new != 0 && run.blocks > 0 {
                run.end(&mut notes);
                held.send(&mut notes);
            }
            while new != 0 {
                let place = new.trailing_zeros();
                new &= new - 1;
                let mut zeros = 0;
                let mut passed = known & ((1 << place) - 1);
                known ^= passed;
                while passed != 0 {
                    let at = passed.trailing_zeros();
                    passed &= passed - 1;
                    zeros = corrections.long_zeros(zeros + at - next, &mut notes);
                    next = at + 1;
                    corrections.push(value(at));
                }
                zeros = corrections.long_zeros(zeros + place - next, &mut notes);
                next = place + 1;
                if corrections.count < 8 {
                    notes.one(zeros, value(place) > 0, corrections.bits as u32, corrections.count);
                    corrections = Corrections::default();
                } else {
                    notes.one(zeros, value(place) > 0, 0, 0);
                    corrections.send(&mut notes);
                }
            }
            while known != 0 {
                corrections.push(value(known.trailing_zeros()));
                known &= known - 1;
            }
            if next <= last {
                let full = run.add();
                if corrections.count > 0 {
                    held.push(corrections);
                }
                if full || held.bits > MOST_CORRECTIONS {
                    run.end(&mut notes);
                    held.send(&mut notes);
                }
            }
        }
        notes.close()
    }
}

/// The corrections of the blocks in a run.
#[derive(Debug, Default)]
pub(super) struct Held {
    blocks: Vec<Corrections>,
    /// Number of corrections.
    bits: u32,
}

impl Held {
    /// Returns a limit on the number of tokens for the corrections and their run.
    pub(super) fn most(&self) -> usize {
        8 * self.blocks.len() + 2
    }

    /// Sends all corrections; their run must have been coded before.
    #[inline(always)]
    pub(super) fn send(&mut self, notes: &mut Notes<'_>) {
        self.blocks.drain(..).for_each(|mut corrections| corrections.send(notes));
        self.bits = 0;
    }

    #[inline(always)]
    fn push(&mut self, corrections: Corrections) {
        self.bits += corrections.count;
        self.blocks.push(corrections);
    }
}

/// The corrections of one block that are still to be sent: at most one per coefficient.
#[derive(Debug, Default)]
struct Corrections {
    bits: u64,
    count: u32,
}

impl Corrections {
    #[inline(always)]
    fn push(&mut self, value: i16) {
        self.bits = self.bits << 1 | u64::from(value.unsigned_abs() & 1);
        self.count += 1;
    }

    /// Codes every full run of sixteen zeros, each with the corrections that it passes. Returns the number of remaining zeros.
    #[inline(always)]
    fn long_zeros(&mut self, mut zeros: u32, notes: &mut Notes<'_>) -> u32 {
        while zeros > 15 {
            notes.symbol(ZEROS, 0, 0);
            self.send(notes);
            zeros -= 16;
        }
        zeros
    }

    /// Sends the corrections, at most eight at a time.
    #[inline(always)]
    fn send(&mut self, notes: &mut Notes<'_>) {
        while self.count > 0 {
            let count = self.count.min(8);
            self.count -= count;
            notes.bits((self.bits >> self.count) as u32 & ((1 << count) - 1), count);
        }
        self.bits = 0;
    }
}
