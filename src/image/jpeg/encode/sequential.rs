//! The scan of a sequential file: all coefficients of all components, block by block.

use super::coefficients::Component;
use super::scan::{Layout, each_block};
use super::tokens::{Table, Tokens, magnitude};
use crate::image::error::Error;

/// Notes the whole picture (T.81, F.1.2).
pub(super) fn scan(components: &[Component], tokens: &mut Tokens) -> Result<(), Error> {
    tokens.clear();
    let mut last = [0_i16; 3];
    each_block(components, Layout::Interleaved, |number, block| {
        let component = &components[number];
        let (dc_table, ac_table) =
            if number == 0 { (Table::DcLuma, Table::AcLuma) } else { (Table::DcChroma, Table::AcChroma) };
        let entries = component.entries(block);
        tokens.reserve(2 + 2 * entries.len())?;

        let dc = component.dc[block];
        let (count, bits) = magnitude(dc - last[number]);
        last[number] = dc;
        tokens.symbol(dc_table, count, bits, count);

        let mut next = 1;
        for entry in entries {
            let mut zeros = entry.place - next;
            while zeros > 15 {
                tokens.symbol(ac_table, 0xF0, 0, 0);
                zeros -= 16;
            }
            let (count, bits) = magnitude(entry.value);
            tokens.symbol(ac_table, zeros << 4 | count, bits, count);
            next = entry.place + 1;
        }
        if next < 64 {
            tokens.symbol(ac_table, 0, 0, 0);
        }
        Ok(())
    })
}
