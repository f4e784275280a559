//! One more bit of a band of which all but the lowest bit was sent before (T.81, G.1.2.3).
//!
//! Coefficients that are new are symbols, and after each symbol stands a bit for every coefficient that it passes and that was
//! known before: a correction. Those behind the last new one are held back until the run of ended blocks is told.

use super::coefficients::Component;
use super::progressive::{LONGEST_RUN, Run};
use super::tokens::{Notes, Table, Tokens};
use crate::image::error::Error;
use crate::image::simd::{BLOCK, Job};

/// The scan in the making.
pub(super) struct Further<'a> {
    /// What is coded.
    pub(super) component: &'a Component,
    /// A bit for each place of the band.
    pub(super) places: u64,
    /// The last of them.
    pub(super) last: u32,
    /// Blocks that have ended.
    pub(super) run: Run,
    /// Where it is noted.
    pub(super) tokens: &'a mut Tokens,
}

/// How many corrections decoders expect to have to hold back at most.
const MOST_CORRECTIONS: u32 = 937;

impl Job for Further<'_> {
    type Output = Result<(), Error>;

    #[inline(always)]
    fn run(self) -> Result<(), Error> {
        let Self { component, mut run, .. } = self;
        let mut held = Held::default();
        for row in component.blocks.chunks_exact(component.stride).take(component.rows) {
            // A symbol and some corrections for each coefficient, symbols for zeros; and the run before with all it held back.
            let most = component.columns * (2 * BLOCK + 8) + held.most();
            let mut notes = self.tokens.open(most)?;
            for block in &row[..component.columns] {
                let mut new = block.nonzero & !block.large & self.places;
                let mut known = block.large & self.places;
                let mut next = self.places.trailing_zeros();
                let mut values = component.values_from(block, next);
                let mut value = || {
                    let (first, rest) = values.split_first().unwrap_or((&0, &[]));
                    values = rest;
                    *first
                };
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
                        zeros = corrections.long_zeros(zeros + at - next, run.table, &mut notes);
                        next = at + 1;
                        corrections.push(value());
                    }
                    zeros = corrections.long_zeros(zeros + place - next, run.table, &mut notes);
                    next = place + 1;
                    let positive = u32::from(value() > 0);
                    if corrections.count < 16 {
                        let bits = positive << corrections.count | corrections.bits as u32;
                        notes.symbol(run.table, zeros << 4 | 1, bits, 1 + corrections.count);
                        corrections = Corrections::default();
                    } else {
                        notes.symbol(run.table, zeros << 4 | 1, positive, 1);
                        corrections.send(&mut notes);
                    }
                }
                for _ in 0..known.count_ones() {
                    corrections.push(value());
                }
                if next <= self.last || known != 0 {
                    run.blocks += 1;
                    if corrections.count > 0 {
                        held.push(corrections);
                    }
                    if run.blocks == LONGEST_RUN || held.bits > MOST_CORRECTIONS {
                        run.end(&mut notes);
                        held.send(&mut notes);
                    }
                }
            }
            notes.close();
        }
        let mut notes = self.tokens.open(held.most())?;
        run.end(&mut notes);
        held.send(&mut notes);
        notes.close();
        Ok(())
    }
}

/// The corrections of the blocks in a run.
#[derive(Default)]
struct Held {
    blocks: Vec<Corrections>,
    /// How many they are.
    bits: u32,
}

impl Held {
    /// How many tokens they and their run are at most.
    fn most(&self) -> usize {
        4 * self.blocks.len() + 1
    }

    #[inline(always)]
    fn push(&mut self, corrections: Corrections) {
        self.bits += corrections.count;
        self.blocks.push(corrections);
    }

    #[inline(always)]
    fn send(&mut self, notes: &mut Notes<'_>) {
        self.blocks.drain(..).for_each(|mut corrections| corrections.send(notes));
        self.bits = 0;
    }
}

/// The corrections of one block that are still to be sent: as many as it has coefficients, at most.
#[derive(Default)]
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

    /// Tells every full sixteen zeros, each with the corrections that it passes; the rest is returned.
    #[inline(always)]
    fn long_zeros(&mut self, mut zeros: u32, table: Table, notes: &mut Notes<'_>) -> u32 {
        while zeros > 15 {
            notes.symbol(table, 0xF0, 0, 0);
            self.send(notes);
            zeros -= 16;
        }
        zeros
    }

    /// Hands them on, sixteen at most at a time.
    #[inline(always)]
    fn send(&mut self, notes: &mut Notes<'_>) {
        while self.count > 0 {
            let count = self.count.min(16);
            self.count -= count;
            notes.bits((self.bits >> self.count) as u32 & ((1 << count) - 1), count);
        }
        self.bits = 0;
    }
}
