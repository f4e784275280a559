//! The scan of a sequential file: all coefficients of all components, block by block.

use super::coefficients::Component;
use super::scan::{Layout, each_block};
use super::tokens::{Table, Tokens};
use crate::image::error::Error;
use crate::image::simd::{self, Job};

/// Notes the whole picture (T.81, F.1.2).
pub(super) fn scan(components: &[Component], tokens: &mut Tokens) -> Result<(), Error> {
    tokens.clear();
    simd::run(Sequential { components, tokens })
}

struct Sequential<'a> {
    components: &'a [Component],
    tokens: &'a mut Tokens,
}

impl Job for Sequential<'_> {
    type Output = Result<(), Error>;

    #[inline(always)]
    fn run(self) -> Result<(), Error> {
        let mut last = [0; 3];
        each_block(self.components, Layout::Interleaved, |number, block| {
            let component = &self.components[number];
            let block = &component.blocks[block];
            let (dc_table, ac_table) =
                if number == 0 { (Table::DcLuma, Table::AcLuma) } else { (Table::DcChroma, Table::AcChroma) };
            // A symbol for each of 64, and one for every 16 zeros.
            let mut notes = self.tokens.open(68)?;

            let difference = i32::from(block.dc) - last[number];
            last[number] = i32::from(block.dc);
            notes.number(dc_table, 0, difference.unsigned_abs(), difference < 0);

            let mut next = 1;
            let mut places = block.nonzero;
            while places != 0 {
                let place = places.trailing_zeros();
                places &= places - 1;
                let mut zeros = place - next;
                while zeros > 15 {
                    notes.symbol(ac_table, 0xF0, 0, 0);
                    zeros -= 16;
                }
                let value = component.value(block, place);
                notes.number(ac_table, zeros, u32::from(value.unsigned_abs()), value < 0);
                next = place + 1;
            }
            if next < 64 {
                notes.symbol(ac_table, 0, 0, 0);
            }
            notes.close();
            Ok(())
        })
    }
}
