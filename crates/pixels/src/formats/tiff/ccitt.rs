//! The codes of fax machines (ITU-T T.4 and T.6): rows of black and white.
//!
//! In: the bytes of a chunk, the highest bit first. Out: rows of bits, 1 for black. A row is a list of *changes*: the positions where white
//! turns to black, black to white, and so on.

use std::convert::Infallible;
use std::iter::repeat_n;

use fax::maps::{Mode, black, mode, white};
use fax::{BitReader, ByteReader};

use super::compression::Fax;
use crate::base::error::Error;
use crate::base::format::Format;

/// Number of zeros that only the mark at the end of a row begins with.
const MARK: u8 = 11;

/// Decodes rows of `width` pixels into `rows`, whose rows begin at whole bytes.
pub(super) fn decode(fax: Fax, bytes: &[u8], width: u32, rows: &mut [u8]) -> Result<(), Error> {
    // A code is found by bits behind its end, which may lie behind the end of the data.
    let padded = bytes.iter().copied().chain(repeat_n(0, 4)).map(Ok::<u8, Infallible>);
    let Ok(bits) = ByteReader::new(padded);
    let mut page = Page { bits, width, above: Vec::new(), changes: Vec::new() };
    for row in rows.chunks_exact_mut((width as usize).div_ceil(8)) {
        if !page.read_row(fax)? {
            break;
        }
        page.paint(row);
        std::mem::swap(&mut page.above, &mut page.changes);
    }
    Ok(())
}

struct Page<B> {
    bits: B,
    width: u32,
    above: Vec<u32>,
    changes: Vec<u32>,
}

impl<B: BitReader> Page<B> {
    /// Reads the changes of a row. Returns whether there is one.
    fn read_row(&mut self, fax: Fax) -> Result<bool, Error> {
        self.changes.clear();
        match fax {
            Fax::Runs => {
                self.runs()?;
                self.skip(self.bits.bits_to_byte_boundary());
                Ok(true)
            }
            Fax::Group3 { both } => {
                let plain = self.marks(both);
                if plain { self.runs().map(|()| true) } else { self.against_above() }
            }
            Fax::Group4 => self.against_above(),
        }
    }

    fn skip(&mut self, bits: u8) {
        let _ = self.bits.consume(bits);
    }

    /// Skips marks, with the zeros before them. Returns whether the row does not refer to the row above.
    fn marks(&mut self, both: bool) -> bool {
        let mut plain = true;
        while self.bits.peek(MARK) == Some(0) {
            while self.bits.peek(1) == Some(0) {
                self.skip(1);
            }
            self.skip(1);
            if both {
                plain = self.bits.peek(1) == Some(1);
                self.skip(1);
            }
        }
        plain
    }

    /// Returns the length of a run of a colour.
    fn run(&mut self, dark: bool) -> Result<u32, Error> {
        let mut sum = 0;
        loop {
            let code = if dark { black::decode(&mut self.bits) } else { white::decode(&mut self.bits) };
            let part = u32::from(code.ok_or_else(|| self.wrong())?);
            sum += part;
            if part < 64 || sum > self.width {
                return Ok(sum);
            }
        }
    }

    /// The error for bits that are no code.
    fn wrong(&self) -> Error {
        // Only zeros follow the end.
        match self.bits.peek(16) {
            None | Some(0) => Error::Truncated(Format::Tiff),
            Some(_) => Error::corrupt(Format::Tiff, "a row of its fax data has unknown codes"),
        }
    }

    /// Reads a row as runs.
    fn runs(&mut self) -> Result<(), Error> {
        let (mut at, mut dark) = (0, false);
        // Some encoders leave out the rest of a row, if it is white.
        while at < self.width && !(at > 0 && self.bits.peek(MARK) == Some(0)) {
            at = (at + self.run(dark)?).min(self.width);
            self.changes.push(at);
            dark = !dark;
        }
        Ok(())
    }

    /// Reads a row that refers to the row above. Returns `false` at the end of the page.
    fn against_above(&mut self) -> Result<bool, Error> {
        let (mut at, mut dark, mut place) = (None, false, 0);
        while at.unwrap_or(0) < self.width {
            place = self.next_above(place, at, dark);
            let [b1, b2] = [place, place + 1].map(|place| self.above.get(place).copied().unwrap_or(self.width));
            at = Some(match mode::decode(&mut self.bits) {
                Some(Mode::Pass) => b2,
                Some(Mode::Vertical(by)) => {
                    let change = b1.saturating_add_signed(by.into()).max(at.unwrap_or(0));
                    dark = !dark;
                    self.push(change)
                }
                Some(Mode::Horizontal) => {
                    let first = self.run(dark)?;
                    let first = self.push(at.unwrap_or(0) + first);
                    let second = self.run(!dark)?;
                    self.push(first + second)
                }
                Some(Mode::Extension) => {
                    return Err(Error::unsupported(Format::Tiff, "uncompressed parts in fax data"));
                }
                Some(Mode::EOF) => return Ok(false),
                None => return Err(self.wrong()),
            });
        }
        Ok(true)
    }

    fn push(&mut self, change: u32) -> u32 {
        let change = change.min(self.width);
        self.changes.push(change);
        change
    }

    /// Returns the place of the first change above to the right of `at` that turns to the opposite colour.
    fn next_above(&self, from: usize, at: Option<u32>, dark: bool) -> usize {
        let right = |place: usize| self.above.get(place).is_none_or(|change| at.is_none_or(|at| *change > at));
        let mut place = from;
        while place > 0 && right(place - 1) {
            place -= 1;
        }
        while !right(place) {
            place += 1;
        }
        place + usize::from(place % 2 != usize::from(dark))
    }

    /// Sets the bits of black pixels.
    fn paint(&self, row: &mut [u8]) {
        for pair in self.changes.chunks(2).filter(|pair| pair[0] < self.width) {
            for x in pair[0]..pair.get(1).copied().unwrap_or(self.width) {
                row[x as usize / 8] |= 0x80 >> (x % 8);
            }
        }
    }
}
