//! The scans of a progressive file (T.81, G.1.2).
//!
//! In: the coefficients of all components, and which part of them a scan tells. Out: tokens. Only coefficients that are not
//! zero are looked at: a scan costs what it says, not what the picture could hold.

use super::coefficients::Component;
use super::further::Further;
use super::scan::{Layout, each_block};
use super::tokens::{Notes, Table, Tokens};
use crate::image::error::Error;
use crate::image::recipe::Effort;
use crate::image::simd::{self, Job};

/// One scan: a band of coefficients, down to a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scan {
    pub(super) layout: Layout,
    /// First and last place in the zigzag.
    pub(super) band: (u8, u8),
    /// The lowest bit that was sent before: 1, or 0 if none was.
    pub(super) high: u8,
    /// The lowest bit that is sent now: 0 or 1.
    pub(super) low: u8,
}

const fn scan(layout: Layout, band: (u8, u8), high: u8, low: u8) -> Scan {
    Scan { layout, band, high, low }
}

/// First a mosaic, then slopes, then chroma (it is little, and false colours would be seen), then the fine structure of luma.
const PLAIN: &[Scan] = &[
    scan(Layout::Interleaved, (0, 0), 0, 0),
    scan(Layout::Single(0), (1, 2), 0, 0),
    scan(Layout::Single(2), (1, 63), 0, 0),
    scan(Layout::Single(1), (1, 63), 0, 0),
    scan(Layout::Single(0), (3, 63), 0, 0),
];

/// The lowest bit of the fine structure comes last.
///
/// Chosen by size and cost on photographs of 0.9 megapixels at quality 75: no bit held back makes files 0.4 % larger (1.4 % at quality
/// 90), one band for all of luma 0.9 %, holding back the lowest bit of slopes as well 0.4 %, and that of chroma 0.2 %.
const USUAL: &[Scan] = &[
    scan(Layout::Interleaved, (0, 0), 0, 0),
    scan(Layout::Single(0), (1, 2), 0, 0),
    scan(Layout::Single(2), (1, 63), 0, 0),
    scan(Layout::Single(1), (1, 63), 0, 0),
    scan(Layout::Single(0), (3, 63), 0, 1),
    scan(Layout::Single(0), (3, 63), 1, 0),
];

/// Slopes across and down apart, which mostly saves some bytes (0.3 %).
const SLOPES: &[Scan] = &[
    scan(Layout::Interleaved, (0, 0), 0, 0),
    scan(Layout::Single(0), (1, 1), 0, 0),
    scan(Layout::Single(0), (2, 2), 0, 0),
    scan(Layout::Single(2), (1, 63), 0, 0),
    scan(Layout::Single(1), (1, 63), 0, 0),
    scan(Layout::Single(0), (3, 63), 0, 1),
    scan(Layout::Single(0), (3, 63), 1, 0),
];

/// The lowest bit of all of luma last, for pictures with much detail and high qualities (0.5 % at quality 90).
const DETAIL: &[Scan] = &[
    scan(Layout::Interleaved, (0, 0), 0, 0),
    scan(Layout::Single(0), (1, 2), 0, 1),
    scan(Layout::Single(2), (1, 63), 0, 0),
    scan(Layout::Single(1), (1, 63), 0, 0),
    scan(Layout::Single(0), (3, 9), 0, 1),
    scan(Layout::Single(0), (10, 63), 0, 1),
    scan(Layout::Single(0), (1, 63), 1, 0),
];

/// The scripts of which the one that makes the smallest file is taken.
pub(super) fn scripts(effort: Effort) -> &'static [&'static [Scan]] {
    match effort {
        Effort::Fast => &[PLAIN],
        Effort::Balanced => &[USUAL],
        Effort::Small => &[USUAL, SLOPES, DETAIL],
    }
}

impl Scan {
    /// Whether a picture of so many components has it.
    pub(super) fn concerns(&self, components: usize) -> bool {
        match self.layout {
            Layout::Interleaved => true,
            Layout::Single(number) => number < components,
        }
    }

    /// Notes the scan.
    pub(super) fn note(&self, components: &[Component], tokens: &mut Tokens) -> Result<(), Error> {
        tokens.clear();
        match self.layout {
            Layout::Interleaved => simd::run(FirstCoefficients { components, tokens }),
            Layout::Single(number) => {
                let component = &components[number];
                let places = self.places();
                let last = u32::from(self.band.1);
                let run = Run { table: if number == 0 { Table::AcLuma } else { Table::AcChroma }, blocks: 0 };
                if self.high == 0 {
                    simd::run(First { component, places, last, low: u32::from(self.low), run, tokens })
                } else {
                    simd::run(Further { component, places, last, run, tokens })
                }
            }
        }
    }

    /// A bit for each place of the band.
    fn places(&self) -> u64 {
        (u64::MAX << self.band.0) & (u64::MAX >> (63 - self.band.1))
    }
}

/// The first coefficients of all blocks, at once: they are few.
struct FirstCoefficients<'a> {
    components: &'a [Component],
    tokens: &'a mut Tokens,
}

impl Job for FirstCoefficients<'_> {
    type Output = Result<(), Error>;

    #[inline(always)]
    fn run(self) -> Result<(), Error> {
        let mut notes = self.tokens.open(self.components.iter().map(|component| component.blocks.len()).sum())?;
        let mut last = [0; 3];
        each_block(self.components, Layout::Interleaved, |number, block| {
            let table = if number == 0 { Table::DcLuma } else { Table::DcChroma };
            let dc = i32::from(self.components[number].blocks[block].dc);
            let difference = dc - last[number];
            last[number] = dc;
            notes.number(table, 0, difference.unsigned_abs(), difference < 0);
            Ok(())
        })?;
        notes.close();
        Ok(())
    }
}

/// A band that nothing was sent of before.
struct First<'a> {
    component: &'a Component,
    places: u64,
    last: u32,
    low: u32,
    run: Run,
    tokens: &'a mut Tokens,
}

impl Job for First<'_> {
    type Output = Result<(), Error>;

    #[inline(always)]
    fn run(self) -> Result<(), Error> {
        let mut run = self.run;
        for row in self.component.blocks.chunks_exact(self.component.stride).take(self.component.rows) {
            // A symbol for each coefficient, one for every 16 zeros, and one for the run before.
            let mut notes = self.tokens.open(self.component.columns * 68 + 1)?;
            for block in &row[..self.component.columns] {
                let mut places = self.places & if self.low == 0 { block.nonzero } else { block.large };
                let mut next = self.places.trailing_zeros();
                if places != 0 {
                    run.end(&mut notes);
                }
                while places != 0 {
                    let place = places.trailing_zeros();
                    places &= places - 1;
                    let zeros = run.long_zeros(place - next, &mut notes);
                    let value = self.component.value(block, place);
                    let magnitude = u32::from(value.unsigned_abs()) >> self.low;
                    notes.number(run.table, zeros, magnitude, value < 0);
                    next = place + 1;
                }
                if next <= self.last {
                    run.blocks += 1;
                    if run.blocks == LONGEST_RUN {
                        run.end(&mut notes);
                    }
                }
            }
            notes.close();
        }
        let mut notes = self.tokens.open(1)?;
        run.end(&mut notes);
        notes.close();
        Ok(())
    }
}

/// How many blocks in a row ended without a further new coefficient.
pub(super) struct Run {
    pub(super) table: Table,
    pub(super) blocks: u32,
}

/// The longest run of blocks that a symbol can tell.
pub(super) const LONGEST_RUN: u32 = 0x7FFF;

impl Run {
    /// Tells the run, if there is one.
    #[inline(always)]
    pub(super) fn end(&mut self, notes: &mut Notes<'_>) {
        if self.blocks > 0 {
            let count = self.blocks.ilog2();
            notes.symbol(self.table, count << 4, self.blocks & ((1 << count) - 1), count);
            self.blocks = 0;
        }
    }

    /// Tells every full sixteen zeros; the rest is returned.
    #[inline(always)]
    pub(super) fn long_zeros(&self, mut zeros: u32, notes: &mut Notes<'_>) -> u32 {
        while zeros > 15 {
            notes.symbol(self.table, 0xF0, 0, 0);
            zeros -= 16;
        }
        zeros
    }
}
