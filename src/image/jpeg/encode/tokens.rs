//! What a scan says, before it is known how it is best coded.
//!
//! A scan is gone through once: what it says is noted as tokens, a symbol with some bits after it, and the symbols are
//! counted. Then the best codes are known, and the tokens are written with them.

use super::bits::BitWriter;
use super::huffman::Code;
use crate::image::error::Error;
use crate::image::simd::{self, Job};

/// Which of a scan's code tables a symbol is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    /// First coefficients of luma.
    DcLuma = 0,
    /// First coefficients of chroma.
    DcChroma = 1,
    /// Other coefficients of luma.
    AcLuma = 2,
    /// Other coefficients of chroma.
    AcChroma = 3,
}

impl Table {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::DcLuma, Self::DcChroma, Self::AcLuma, Self::AcChroma];

    /// Class and number as the standard writes them (T.81, B.2.4.2).
    pub(super) fn class_and_number(self) -> u8 {
        match self {
            Self::DcLuma => 0x00,
            Self::DcChroma => 0x01,
            Self::AcLuma => 0x10,
            Self::AcChroma => 0x11,
        }
    }
}

/// A symbol and the bits after it: bits 0-15 those bits, 16-20 how many, 21-28 the symbol, 29-30 the table, 31 whether there is
/// no symbol.
type Token = u32;

/// Where the symbol, and what tells which code it is in, begins.
const CODED: u32 = 21;

const NO_SYMBOL: Token = 1 << 31;

/// The tokens of one scan.
#[derive(Debug)]
pub(in crate::image) struct Tokens {
    /// They, and behind them room for more.
    list: Vec<Token>,
    /// How many they are.
    count: usize,
    /// How often each symbol is used, table after table.
    histograms: Box<[u32; 4 * 256]>,
}

impl Tokens {
    /// None yet.
    pub(in crate::image) fn new() -> Self {
        Self { list: Vec::new(), count: 0, histograms: Box::new([0; 4 * 256]) }
    }

    /// Forgets the last scan, but not the room it took.
    pub(super) fn clear(&mut self) {
        self.count = 0;
        self.histograms.fill(0);
    }

    /// For noting so many more at most.
    #[inline]
    pub(super) fn open(&mut self, most: usize) -> Result<Notes<'_>, Error> {
        if let Some(missing) = (self.count + most).checked_sub(self.list.len()) {
            self.grow(missing + self.count / 4)?;
        }
        let room = self.list.get_mut(self.count..).unwrap_or_default();
        Ok(Notes { room, noted: 0, count: &mut self.count, histograms: &mut self.histograms })
    }

    #[cold]
    fn grow(&mut self, more: usize) -> Result<(), Error> {
        self.list.try_reserve_exact(more).map_err(|_| Error::TooMuchMemory)?;
        self.list.resize(self.list.len() + more, 0);
        Ok(())
    }

    /// The best code for each table; `None` for those that the scan does not use.
    pub(super) fn codes(&self) -> [Option<Code>; 4] {
        let mut histograms = self.histograms.as_chunks::<256>().0.iter();
        std::array::from_fn(|_| histograms.next().filter(|histogram| histogram.iter().any(|n| *n > 0)).map(Code::best))
    }

    /// Writes them, coded.
    pub(super) fn write(&self, codes: &[Option<Code>; 4], bytes: &mut Vec<u8>) {
        simd::run(Write { tokens: &self.list[..self.count], codes, bytes });
    }
}

/// Tokens in the making. They count once it is [closed](Self::close).
pub(super) struct Notes<'a> {
    room: &'a mut [Token],
    noted: usize,
    count: &'a mut usize,
    histograms: &'a mut [u32; 4 * 256],
}

impl Notes<'_> {
    /// A symbol, and `count` (up to 16) `bits` after it; all above must be 0.
    #[inline(always)]
    pub(super) fn symbol(&mut self, table: Table, symbol: u32, bits: u32, count: u32) {
        let coded = (table as u32) << 8 | symbol & 0xFF;
        self.histograms[coded as usize] += 1;
        self.push(coded << CODED | count << 16 | bits);
    }

    /// A number as the standard codes it (T.81, F.1.2.1), after as many zeros: how many bits its magnitude has, and these bits,
    /// one's complement if it is negative.
    #[inline(always)]
    pub(super) fn number(&mut self, table: Table, zeros: u32, magnitude: u32, negative: bool) {
        let count = 32 - magnitude.leading_zeros();
        let bits = magnitude ^ if negative { (1 << count) - 1 } else { 0 };
        self.symbol(table, zeros << 4 | count, bits, count);
    }

    /// Bits without a symbol; all above must be 0.
    #[inline(always)]
    pub(super) fn bits(&mut self, bits: u32, count: u32) {
        self.push(NO_SYMBOL | count << 16 | bits);
    }

    #[inline(always)]
    fn push(&mut self, token: Token) {
        if let Some(place) = self.room.get_mut(self.noted) {
            *place = token;
            self.noted += 1;
        }
    }

    /// Ends the noting.
    #[inline(always)]
    pub(super) fn close(self) {
        *self.count += self.noted;
    }
}

struct Write<'a> {
    tokens: &'a [Token],
    codes: &'a [Option<Code>; 4],
    bytes: &'a mut Vec<u8>,
}

impl Job for Write<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        // One table for all symbols and for none, whose code has no bits: then no token needs a decision.
        let mut prefixes = [0_u32; 2048];
        for (part, code) in prefixes.chunks_exact_mut(256).zip(self.codes) {
            if let Some(code) = code {
                part.copy_from_slice(&code.prefixes);
            }
        }
        let mut writer = BitWriter::new(self.bytes);
        for token in self.tokens {
            let prefix = prefixes[(token >> CODED) as usize];
            let count = token >> 16 & 0x1F;
            writer.put(u64::from(prefix >> 8) << count | u64::from(token & 0xFFFF), (prefix & 0xFF) + count);
        }
        writer.finish();
    }
}
