//! What the coefficients of a band say, before it is known how that is best coded.
//!
//! A band is gone through once: what it says is noted as tokens, a symbol with some bits after it, and the symbols are
//! counted. Then the best code is known, and the tokens are written with it. A token has two bytes, because there may be a hundred
//! million of them, and they are kept in pieces, so that they need not be moved when there are more.

use super::bits::BitWriter;
use super::huffman::{Code, Histogram};
use crate::error::Error;
use crate::simd::{self, Job};

/// A symbol in the upper eight bits, and the bits after it, as many as [`extra`] tells, in the lower ones.
///
/// No band has symbols that end in fifteen: as tokens they are bits without a symbol.
type Token = u16;

/// What bits without a symbol end in.
const BARE: u32 = 0xF;

/// Sixteen zeros, without bits after them.
pub(super) const ZEROS: u32 = 0xF0;

/// The most bits in a token. Those of a symbol that has more go on in a second one, which is full.
const MOST_BITS: u32 = 8;

/// Tokens in a piece.
const PIECE: usize = 1 << 14;

/// How many bits stand after a symbol (T.81, F.1.2 and G.1.2): those of a magnitude, which its lower half tells, or those of the length
/// of a run of blocks, which its upper half tells.
fn bits_after(symbol: u32) -> u32 {
    match (symbol & 0xF, symbol) {
        (0, ZEROS) => 0,
        (0, _) => symbol >> 4,
        (BARE, _) => symbol >> 4,
        (size, _) => size,
    }
}

/// How many of them stand in its token.
fn extra(symbol: u32) -> u32 {
    match bits_after(symbol) {
        more @ 9.. => more - MOST_BITS,
        bits => bits,
    }
}

/// A number as the standard codes it (T.81, F.1.2.1): how many bits its magnitude has, and these bits, one's complement if it is
/// negative.
#[inline(always)]
pub(super) fn coded(magnitude: u32, negative: bool) -> (u32, u32) {
    let count = 32 - magnitude.leading_zeros();
    (count, magnitude ^ if negative { (1 << count) - 1 } else { 0 })
}

/// The tokens of a band.
#[derive(Debug)]
pub(super) struct Tokens {
    /// All but the last are full.
    pieces: Vec<Vec<Token>>,
    /// Where the next ones are noted.
    room: Vec<Token>,
    /// How often each symbol is used.
    pub(super) histogram: Box<Histogram>,
}

impl Tokens {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { pieces: Vec::new(), room: Vec::new(), histogram: Box::new([0; 256]) }
    }

    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.pieces.last().map_or(0, |last| (self.pieces.len() - 1) * PIECE + last.len())
    }

    /// One of them.
    pub(super) fn get(&self, number: usize) -> Option<Token> {
        self.pieces.get(number / PIECE)?.get(number % PIECE).copied()
    }

    /// For noting so many more at most.
    #[inline]
    pub(super) fn note(&mut self, most: usize) -> Result<Notes<'_>, Error> {
        if let Some(missing) = most.checked_sub(self.room.len()) {
            self.room.try_reserve_exact(missing).map_err(|_| Error::TooMuchMemory)?;
            self.room.resize(most, 0);
        }
        let Self { pieces, room, histogram } = self;
        Ok(Notes { room, noted: 0, histogram, pieces })
    }

    /// Writes them, coded, and forgets them.
    pub(super) fn write(self, code: &Coded, writer: &mut BitWriter<'_>) {
        for piece in self.pieces {
            simd::run(Write { tokens: &piece, code, writer });
        }
    }
}

/// Tokens in the making. They count once it is [closed](Self::close).
pub(super) struct Notes<'a> {
    room: &'a mut [Token],
    noted: usize,
    histogram: &'a mut Histogram,
    pieces: &'a mut Vec<Vec<Token>>,
}

impl Notes<'_> {
    /// A symbol, and the bits after it, as many as it asks for; all above must be 0.
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

    /// A number, after as many zeros.
    #[inline(always)]
    pub(super) fn number(&mut self, zeros: u32, magnitude: u32, negative: bool) {
        let (count, bits) = coded(magnitude, negative);
        self.symbol(zeros << 4 | count, bits, count);
    }

    /// A one, where only ones and zeros are told, after as many zeros: whether it is positive, and up to seven bits that follow.
    #[inline(always)]
    pub(super) fn one(&mut self, zeros: u32, positive: bool, bits: u32, count: u32) {
        self.count(zeros << 4 | 1);
        self.push(zeros << 4 | (1 + count), u32::from(positive) << count | bits);
    }

    /// Up to eight bits without a symbol; all above must be 0.
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

    /// Ends the noting.
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

/// What is written for each token: in the lowest eight bits how many, above them a code that makes room for the token's own bits.
pub(super) struct Coded([u32; 256]);

impl Coded {
    /// With a code for symbols. `ones`: whether only ones are told, with [bits that follow](Notes::one).
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

/// Whether the bits of a token go on in the next one.
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
