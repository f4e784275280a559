//! A band of a component in the making.
//!
//! In: rows of blocks, from the top to the bottom. Out: the tokens of the band. Only coefficients that are not zero are looked at: a band
//! costs what it says, not what the picture could hold.

use super::bits::BitWriter;
use super::first::First;
use super::further::{Further, Held};
use super::huffman::Code;
use super::run::Run;
use super::script::Band;
use super::segments::{self, CodeSlot};
use super::tokens::{Coded, Tokens};
use crate::error::Error;
use crate::simd::{self, Quantized};

/// What a band says, as far as its rows have come.
#[derive(Debug)]
pub(super) struct Noted {
    pub(super) band: Band,
    run: Run,
    held: Held,
    pub(super) tokens: Tokens,
}

impl Noted {
    /// Nothing has come yet. In a sequential file, each block ends by itself.
    pub(super) fn new(band: Band, progressive: bool) -> Self {
        Self { band, run: Run::new(progressive), held: Held::default(), tokens: Tokens::new() }
    }

    /// Notes a row.
    pub(super) fn row(&mut self, row: &[Quantized]) -> Result<(), Error> {
        let Self { band, run, held, tokens } = self;
        let band = *band;
        if band.high == 0 {
            simd::run(First { row, band, run, tokens })
        } else {
            simd::run(Further { row, band, run, held, tokens })
        }
    }

    /// Ends the last run.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        let mut notes = self.tokens.note(self.held.most())?;
        self.run.end(&mut notes);
        self.held.send(&mut notes);
        notes.close()
    }

    /// The scan of a progressive file, of a component by its number.
    pub(super) fn write(self, number: usize) -> Result<Vec<u8>, Error> {
        let code = Code::best(&self.tokens.histogram);
        let coded = Coded::new(&code, self.band.high > 0);
        let table = if number == 0 { CodeSlot::AcLuma } else { CodeSlot::AcChroma };
        let mut bytes = Vec::new();
        segments::codes(&mut bytes, &[(table, &code)])?;
        segments::scan(&mut bytes, number..number + 1, self.band)?;
        let mut writer = BitWriter::new(&mut bytes);
        self.tokens.write(&coded, &mut writer);
        writer.finish();
        Ok(bytes)
    }
}
