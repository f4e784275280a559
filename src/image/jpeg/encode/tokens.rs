//! What a scan says, before it is known how it is best coded.
//!
//! A scan is gone through once: what it says is noted as tokens, a symbol with some bits after it, and the symbols are
//! counted. Then the best codes are known, and the tokens are written with them.

use super::bits::BitWriter;
use super::huffman::{Code, Histogram};
use crate::image::error::Error;

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

/// A symbol and the bits after it: bits 0-15 those bits, 16-20 how many, 21 whether there is no symbol, 22-23 the table,
/// 24-31 the symbol.
type Token = u32;

const NO_SYMBOL: Token = 1 << 21;

/// The tokens of one scan.
#[derive(Debug)]
pub(super) struct Tokens {
    list: Vec<Token>,
    histograms: [Histogram; 4],
}

impl Tokens {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { list: Vec::new(), histograms: [[0; 256]; 4] }
    }

    /// Forgets the last scan, but not the room it took.
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.histograms = [[0; 256]; 4];
    }

    /// Makes sure of room for so many more.
    pub(super) fn reserve(&mut self, tokens: usize) -> Result<(), Error> {
        self.list.try_reserve(tokens).map_err(|_| Error::TooMuchMemory)
    }

    /// A symbol, and the lowest `count` (up to 16) of `bits` after it.
    #[inline]
    pub(super) fn symbol(&mut self, table: Table, symbol: u8, bits: u16, count: u8) {
        self.histograms[table as usize][usize::from(symbol)] += 1;
        self.list.push(
            Token::from(symbol) << 24
                | (table as Token) << 22
                | Token::from(count) << 16
                | Token::from(masked(bits, count)),
        );
    }

    /// Bits without a symbol.
    #[inline]
    pub(super) fn bits(&mut self, bits: u16, count: u8) {
        if count > 0 {
            self.list.push(NO_SYMBOL | Token::from(count) << 16 | Token::from(masked(bits, count)));
        }
    }

    /// The best code for each table; `None` for those that the scan does not use.
    pub(super) fn codes(&self) -> [Option<Code>; 4] {
        std::array::from_fn(|table| {
            let histogram = &self.histograms[table];
            histogram.iter().any(|count| *count > 0).then(|| Code::best(histogram))
        })
    }

    /// Writes them, coded.
    pub(super) fn write(&self, codes: &[Option<Code>; 4], bytes: &mut Vec<u8>) {
        let mut writer = BitWriter::new(bytes);
        for token in &self.list {
            let (bits, count) = (u64::from(token & 0xFFFF), token >> 16 & 0x1F);
            if token & NO_SYMBOL != 0 {
                writer.put(bits, count);
            } else if let Some(code) = &codes[(token >> 22 & 3) as usize] {
                let (prefix, length) = code.of((token >> 24) as u8);
                writer.put(u64::from(prefix) << count | bits, u32::from(length) + count);
            }
        }
        writer.finish();
    }
}

#[inline]
fn masked(bits: u16, count: u8) -> u16 {
    (u32::from(bits) & ((1 << count) - 1)) as u16
}

/// A number as the standard codes it (T.81, F.1.2.1): how many bits its magnitude has, and these bits, one's complement if it is negative.
#[inline]
pub(super) fn magnitude(value: i16) -> (u8, u16) {
    let count = 16 - value.unsigned_abs().leading_zeros();
    (count as u8, if value < 0 { (value - 1) as u16 } else { value as u16 })
}
