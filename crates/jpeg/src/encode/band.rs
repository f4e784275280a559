//! Coding of a band of a component.
//!
//! In: rows of blocks, from the top to the bottom. Out: the tokens of the band. Only nonzero coefficients are visited, so the cost
//! depends on the tokens and not on the size of the band.

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

/// The tokens of a band, as far as its rows have been coded.
#[derive(Debug)]
pub(super) struct Noted {
    pub(super) band: Band,
    run: Run,
    held: Held,
    pub(super) tokens: Tokens,
}

impl Noted {
    /// A band without rows. In a sequential file, each block has its own end.
    pub(super) fn new(band: Band, progressive: bool) -> Self {
        Self { band, run: Run::new(progressive), held: Held::default(), tokens: Tokens::new() }
    }

    /// Codes a row.
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

    /// Returns the scan of a progressive file. `number`: the component's number.
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
