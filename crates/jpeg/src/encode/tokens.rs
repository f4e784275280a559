//! The coefficients of a band as tokens, before the best code for them is known.
//!
//! A band is traversed once: it becomes tokens, each a symbol with some bits after it, and the symbols are counted. Then the best code is
//! computed, and the tokens are written with it. A token has two bytes, because there may be a hundred million of them. Tokens are stored
//! in pieces, so that they need not be moved when more are added.

use super::bits::BitWriter;
use super::huffman::{Code, Histogram};
use crate::error::Error;
use crate::simd::{self, Job};

/// A symbol in the upper eight bits, and [`extra`] bits after it in the lower ones.
///
/// No symbol of a band ends in fifteen: such tokens are bits without a symbol.
type Token = u16;

/// Low half of a token's symbol that marks bits without a symbol.
const BARE: u32 = 0xF;

/// Symbol: sixteen zeros, without bits after it.
pub(super) const ZEROS: u32 = 0xF0;

/// Number of bits that a token can hold. Further bits of a symbol follow in a second token, which is full.
const MOST_BITS: u32 = 8;

/// Number of tokens in a piece.
const PIECE: usize = 1 << 14;

/// Returns the number of bits after a symbol (T.81, F.1.2 and G.1.2): those of a magnitude, given by its lower half, or those of the
/// length of a run of blocks, given by its upper half.
fn bits_after(symbol: u32) -> u32 {
    match (symbol & 0xF, symbol) {
        (0, ZEROS) => 0,
        (0, _) => symbol >> 4,
        (BARE, _) => symbol >> 4,
        (size, _) => size,
    }
}

/// Returns the number of these bits in the symbol's own token.
fn extra(symbol: u32) -> u32 {
    match bits_after(symbol) {
        more @ 9.. => more - MOST_BITS,
        bits => bits,
    }
}

/// Returns a number as the standard codes it (T.81, F.1.2.1): the number of bits of its magnitude, and these bits, in one's complement if
/// it is negative.
#[inline(always)]
pub(super) fn coded(magnitude: u32, negative: bool) -> (u32, u32) {
    let count = 32 - magnitude.leading_zeros();
    (count, magnitude ^ if negative { (1 << count) - 1 } else { 0 })
}

/// The tokens of a band.
#[derive(Debug)]
pub(super) struct Tokens {
    /// All pieces but the last are full.
    pieces: Vec<Vec<Token>>,
    /// Buffer for the tokens being added.
    room: Vec<Token>,
    /// Frequency of each symbol.
    pub(super) histogram: Box<Histogram>,
}

impl Tokens {
    /// An empty list.
    pub(super) fn new() -> Self {
        Self { pieces: Vec::new(), room: Vec::new(), histogram: Box::new([0; 256]) }
    }

    /// Returns the number of tokens.
    pub(super) fn len(&self) -> usize {
        self.pieces.last().map_or(0, |last| (self.pieces.len() - 1) * PIECE + last.len())
    }

    /// Returns a token.
    pub(super) fn get(&self, number: usize) -> Option<Token> {
        self.pieces.get(number / PIECE)?.get(number % PIECE).copied()
    }

    /// Starts adding up to `most` tokens.
    #[inline]
    pub(super) fn note(&mut self, most: usize) -> Result<Notes<'_>, Error> {
        if let Some(missing) = most.checked_sub(self.room.len()) {
            self.room.try_reserve_exact(missing).map_err(|_| Error::TooMuchMemory)?;
            self.room.resize(most, 0);
        }
        let Self { pieces, room, histogram } = self;
        Ok(Notes { room, noted: 0, histogram, pieces })
    }

    /// Writes the tokens with a code, and frees them.
    pub(super) fn write(self, code: &Coded, writer: &mut BitWriter<'_>) {
        for piece in self.pieces {
            simd::run(Write { tokens: &piece, code, writer });
        }
    }
}

/// Tokens that are being added. They count once it is [closed](Self::close).
pub(super) struct Notes<'a> {
    room: &'a mut [Token],
    noted: usize,
    histogram: &'a mut Histogram,
    pieces: &'a mut Vec<Vec<Token>>,
}

impl Notes<'_> {
    /// Adds a symbol with the `count` bits after it; all bits above must be 0.
    #[inline(always)]
    pub(super) fn symbol(&mut self, symbol: u32, bits: u32, count: u32) {
        self.count(symbol);
        if count <= MOST_BITS {
            self.push(symbol, bits);
        } else {
            self.push(symbol, bits >> MOST_BITS);
            self.bits(bits & 0xFF, MOST_BITS);
        }
    }

    /// Adds a number after `zeros` zeros.
    #[inline(always)]
    pub(super) fn number(&mut self, zeros: u32, magnitude: u32, negative: bool) {
        let (count, bits) = coded(magnitude, negative);
        self.symbol(zeros << 4 | count, bits, count);
    }

    /// Adds a one after `zeros` zeros, in a scan that codes only ones and zeros: its sign, and up to seven bits after it.
    #[inline(always)]
    pub(super) fn one(&mut self, zeros: u32, positive: bool, bits: u32, count: u32) {
        self.count(zeros << 4 | 1);
        self.push(zeros << 4 | (1 + count), u32::from(positive) << count | bits);
    }

    /// Adds up to eight bits without a symbol; all bits above must be 0.
    #[inline(always)]
    pub(super) fn bits(&mut self, bits: u32, count: u32) {
        self.push(count << 4 | BARE, bits);
    }

    #[inline(always)]
    fn count(&mut self, symbol: u32) {
        self.histogram[(symbol & 0xFF) as usize] += 1;
    }

    #[inline(always)]
    fn push(&mut self, symbol: u32, bits: u32) {
        debug_assert!(self.noted < self.room.len(), "more tokens than there can be");
        if let Some(place) = self.room.get_mut(self.noted) {
            *place = (symbol << 8 | bits) as Token;
            self.noted += 1;
        }
    }

    /// Appends the tokens to the list.
    ///
    /// # Errors
    /// If there is no memory left.
    #[inline]
    pub(super) fn close(self) -> Result<(), Error> {
        let mut rest = self.room.get(..self.noted).unwrap_or_default();
        while !rest.is_empty() {
            match self.pieces.last_mut().filter(|last| last.len() < PIECE) {
                Some(last) => {
                    let (now, later) = rest.split_at(rest.len().min(PIECE - last.len()));
                    last.extend_from_slice(now);
                    rest = later;
                }
                None => {
                    let mut piece = Vec::new();
                    piece.try_reserve_exact(PIECE).map_err(|_| Error::TooMuchMemory)?;
                    self.pieces.push(piece);
                }
            }
        }
        Ok(())
    }
}

/// Output for each token: the number of bits in the lowest eight bits, and above them the code, shifted to leave space for the token's
/// own bits.
pub(super) struct Coded([u32; 256]);

impl Coded {
    /// Output with a code for symbols. `ones`: whether the scan codes only ones, with [bits after them](Notes::one).
    pub(super) fn new(code: &Code, ones: bool) -> Self {
        Self(std::array::from_fn(|symbol| {
            let extra = extra(symbol as u32);
            let coded = match symbol & 0xF {
                0xF => return extra,
                2.. if ones => symbol & 0xF0 | 1,
                _ => symbol,
            };
            let prefix = code.prefixes[coded];
            (prefix >> 8) << (8 + extra) | ((prefix & 0xFF) + extra)
        }))
    }

    /// Writes a token.
    #[inline(always)]
    pub(super) fn write(&self, token: Token, writer: &mut BitWriter<'_>) {
        let coded = self.0[usize::from(token >> 8)];
        writer.put(u64::from(coded >> 8 | u32::from(token & 0xFF)), coded & 0xFF);
    }
}

/// Whether the bits of a token continue in the next one.
pub(super) fn goes_on(token: Token) -> bool {
    bits_after(u32::from(token >> 8)) > MOST_BITS
}

struct Write<'a, 'b, 'c> {
    tokens: &'a [Token],
    code: &'a Coded,
    writer: &'b mut BitWriter<'c>,
}

impl Job for Write<'_, '_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for token in self.tokens {
            self.code.write(*token, self.writer);
        }
    }
}
