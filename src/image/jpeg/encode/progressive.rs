//! The scans of a progressive file (T.81, G.1.2).
//!
//! Only coefficients that are not zero are looked at: a scan costs what it says, not what the picture could hold.

use super::coefficients::{Component, Entry};
use super::scan::{Layout, each_block};
use super::tokens::{Table, Tokens, magnitude};
use crate::image::error::Error;

/// One scan: a band of coefficients, down to a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scan {
    pub(super) layout: Layout,
    /// First and last place in the zigzag.
    pub(super) band: (u8, u8),
    /// The lowest bit that was sent before; 0 if none was.
    pub(super) high: u8,
    /// The lowest bit that is sent now.
    pub(super) low: u8,
}

const fn scan(layout: Layout, band: (u8, u8), high: u8, low: u8) -> Scan {
    Scan { layout, band, high, low }
}

/// Colours: first a mosaic, then the coarse structure, then chroma (it is little, and false colours would be seen), then
/// the fine structure, all but the lowest bit of luma, which comes last.
///
/// Chosen by size and cost on photographs: holding back more bits, as the IJG's ten scans do, made files 0.4 % larger and
/// took a fifth more time; holding back none made them 2 % larger.
const COLOUR: [Scan; 6] = [
    scan(Layout::Interleaved, (0, 0), 0, 0),
    scan(Layout::Single(0), (1, 5), 0, 1),
    scan(Layout::Single(2), (1, 63), 0, 0),
    scan(Layout::Single(1), (1, 63), 0, 0),
    scan(Layout::Single(0), (6, 63), 0, 1),
    scan(Layout::Single(0), (1, 63), 1, 0),
];

/// The same for gray.
const GRAY: [Scan; 4] = [
    scan(Layout::Interleaved, (0, 0), 0, 0),
    scan(Layout::Single(0), (1, 5), 0, 1),
    scan(Layout::Single(0), (6, 63), 0, 1),
    scan(Layout::Single(0), (1, 63), 1, 0),
];

/// The scans for so many components.
pub(super) fn script(components: usize) -> &'static [Scan] {
    if components == 1 { &GRAY } else { &COLOUR }
}

impl Scan {
    /// Notes the scan.
    pub(super) fn note(&self, components: &[Component], tokens: &mut Tokens) -> Result<(), Error> {
        tokens.clear();
        match self.layout {
            Layout::Interleaved => first_coefficients(components, tokens),
            Layout::Single(number) => {
                let mut band = Band { tokens, table: table(number), run: 0, corrections: Vec::new(), corrected: 0 };
                each_block(components, self.layout, |_, block| {
                    let entries = self.within(components[number].entries(block));
                    // At most a symbol for each entry, one for each 16 zeros, and the corrections of as many.
                    band.tokens.reserve(2 * entries.len() + band.corrections.len() + 8)?;
                    if self.high == 0 {
                        self.first_ac(entries, &mut band)
                    } else {
                        self.further_ac(entries, &mut band)
                    }
                    Ok(())
                })?;
                band.tokens.reserve(band.corrections.len() + 1)?;
                band.end_run();
                Ok(())
            }
        }
    }

    fn within<'a>(&self, entries: &'a [Entry]) -> &'a [Entry] {
        let start = entries.iter().position(|entry| entry.place >= self.band.0).unwrap_or(entries.len());
        let entries = &entries[start..];
        if self.band.1 == 63 {
            return entries;
        }
        let end = entries.iter().position(|entry| entry.place > self.band.1).unwrap_or(entries.len());
        &entries[..end]
    }

    /// A band that nothing was sent of before.
    fn first_ac(&self, entries: &[Entry], band: &mut Band<'_>) {
        let mut next = self.band.0;
        for entry in entries {
            let size = entry.value.unsigned_abs() >> self.low;
            if size == 0 {
                continue;
            }
            band.end_run();
            let zeros = band.long_zeros(entry.place - next, |_| {});
            let value = if entry.value < 0 { -(size as i16) } else { size as i16 };
            let (count, bits) = magnitude(value);
            band.tokens.symbol(band.table, zeros << 4 | count, bits, count);
            next = entry.place + 1;
        }
        if next <= self.band.1 {
            band.end_block(&mut Corrections::default());
        }
    }

    /// One more bit of a band: new coefficients as symbols, and after each symbol a bit for every coefficient that it
    /// passes and that was known before.
    fn further_ac(&self, entries: &[Entry], band: &mut Band<'_>) {
        let size = |entry: &Entry| entry.value.unsigned_abs() >> self.low;
        let last_new = entries.iter().rposition(|entry| size(entry) == 1);
        let mut corrections = Corrections::default();
        let mut zeros = 0;
        let mut next = self.band.0;
        for (at, entry) in entries.iter().enumerate() {
            zeros += entry.place - next;
            next = entry.place + 1;
            let size = size(entry);
            if size == 0 {
                zeros += 1;
                continue;
            }
            // Behind the last new one, zeros and corrections belong to the end of the block.
            if last_new.is_some_and(|last| at <= last) && zeros > 15 {
                band.end_run();
                zeros = band.long_zeros(zeros, |tokens| corrections.send(|bits, count| tokens.bits(bits, count)));
            }
            if size > 1 {
                corrections.push(size & 1);
                continue;
            }
            band.end_run();
            band.tokens.symbol(band.table, zeros << 4 | 1, u16::from(entry.value >= 0), 1);
            corrections.send(|bits, count| band.tokens.bits(bits, count));
            zeros = 0;
        }
        if next <= self.band.1 || zeros > 0 || corrections.count > 0 {
            band.end_block(&mut corrections);
        }
    }
}

/// The first coefficients of all blocks, at once: they are few.
fn first_coefficients(components: &[Component], tokens: &mut Tokens) -> Result<(), Error> {
    let mut last = [0_i16; 3];
    each_block(components, Layout::Interleaved, |number, block| {
        let table = if number == 0 { Table::DcLuma } else { Table::DcChroma };
        let dc = components[number].dc[block];
        let (count, bits) = magnitude(dc - last[number]);
        last[number] = dc;
        tokens.reserve(1)?;
        tokens.symbol(table, count, bits, count);
        Ok(())
    })
}

fn table(component: usize) -> Table {
    if component == 0 { Table::AcLuma } else { Table::AcChroma }
}

/// The corrections of one block that are still to be sent: as many as it has coefficients, at most.
#[derive(Default)]
struct Corrections {
    bits: u64,
    count: u8,
}

impl Corrections {
    #[inline]
    fn push(&mut self, bit: u16) {
        self.bits = self.bits << 1 | u64::from(bit);
        self.count += 1;
    }

    /// Hands them on, sixteen at most at a time.
    #[inline]
    fn send(&mut self, mut to: impl FnMut(u16, u8)) {
        while self.count > 0 {
            let count = self.count.min(16);
            self.count -= count;
            to((self.bits >> self.count) as u16, count);
        }
        self.bits = 0;
    }
}

/// A band in the making.
struct Band<'t> {
    tokens: &'t mut Tokens,
    table: Table,
    /// How many blocks in a row ended without a further new coefficient.
    run: u16,
    /// The corrections of those blocks: bits, and how many.
    corrections: Vec<(u16, u8)>,
    /// How many bits they are together.
    corrected: usize,
}

/// The longest run of blocks that a symbol can tell.
const LONGEST_RUN: u16 = 0x7FFF;

/// How many corrections decoders expect to have to hold back at most.
const MOST_CORRECTIONS: usize = 937;

impl Band<'_> {
    /// Tells every full sixteen zeros; the rest is returned. After each symbol `then` has its turn.
    fn long_zeros(&mut self, mut zeros: u8, mut then: impl FnMut(&mut Tokens)) -> u8 {
        while zeros > 15 {
            self.tokens.symbol(self.table, 0xF0, 0, 0);
            zeros -= 16;
            then(self.tokens);
        }
        zeros
    }

    /// The block ends here.
    fn end_block(&mut self, corrections: &mut Corrections) {
        self.run += 1;
        self.corrected += usize::from(corrections.count);
        corrections.send(|bits, count| self.corrections.push((bits, count)));
        if self.run == LONGEST_RUN || self.corrected > MOST_CORRECTIONS {
            self.end_run();
        }
    }

    /// Tells how many blocks have ended, if any.
    #[inline]
    fn end_run(&mut self) {
        if self.run > 0 {
            self.tell_run();
        }
    }

    #[cold]
    fn tell_run(&mut self) {
        let count = self.run.ilog2() as u8;
        self.tokens.symbol(self.table, count << 4, self.run, count);
        self.run = 0;
        for (bits, count) in self.corrections.drain(..) {
            self.tokens.bits(bits, count);
        }
        self.corrected = 0;
    }
}
