//! Decoding of one band of coefficients of a block in progressive scans (T.81, G.1.2.2 and G.1.2.3): first bits and refinement bits.
//!
//! In: a reader, a block, and a bit set of its nonzero coefficients. Must not know scans, nor the position of the block.

use std::ops::Range;

use super::bits::{BitReader, GUARANTEED};
use super::huffman::{END, HuffmanTable};
use super::stop::Stop;
use crate::simd::{BLOCK, Block};
use crate::zigzag::TRANSPOSED;

/// Bit set of the places in a band.
#[inline(always)]
pub(super) fn places(band: &Range<usize>) -> u64 {
    u64::MAX << band.start & u64::MAX >> (BLOCK - band.end)
}

/// Reads the first bits of a band of a block (T.81, G.1.2.2).
#[inline(always)]
pub(super) fn first_bits(
    reader: &mut BitReader<'_>,
    table: &HuffmanTable,
    band: Range<usize>,
    low: u8,
    finished: &mut u32,
    block: &mut Block,
    nonzero: &mut u64,
) -> Result<(), Stop> {
    if *finished > 0 {
        *finished -= 1;
        return Ok(());
    }
    // No encoder writes a run that leads out of the band.
    let inside = &TRANSPOSED[..band.end];
    // The place of the last coefficient, starting one before the band.
    let mut at = band.start - 1;
    while at + 1 < band.end {
        reader.fill();
        let known = table.coefficient(reader);
        let value = if known.bits > 0 {
            reader.skip(u32::from(known.bits));
            at += usize::from(known.advance);
            i32::from(known.value)
        } else {
            let symbol = table.symbol(reader)?;
            let (zeros, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
            if size == 0 {
                if zeros < 15 {
                    *finished = (1 << zeros) - 1 + reader.take(zeros);
                    break;
                }
                at += 16;
                continue;
            }
            at += zeros as usize + 1;
            reader.take_signed(size)
        };
        let Some(place) = inside.get(at) else {
            if at >= usize::from(END) {
                break;
            }
            return Err(Stop::Damage);
        };
        let value = (value << low) as i16;
        block[usize::from(*place)] = value;
        // A damaged file may code a coefficient twice.
        *nonzero = *nonzero & !(1 << at) | u64::from(value != 0) << at;
    }
    Ok(())
}

/// Reads one more bit for the coefficients of a band that are already nonzero, and the coefficients that become nonzero (T.81, G.1.2.3).
#[inline(always)]
pub(super) fn one_more_bit(
    reader: &mut BitReader<'_>,
    table: &HuffmanTable,
    band: Range<usize>,
    low: u8,
    finished: &mut u32,
    block: &mut Block,
    known: &mut u64,
) -> Result<(), Stop> {
    // The places of the band that are still to come: known coefficients, and zeros.
    let mut ahead = *known & places(&band);
    let mut zeros_ahead = !*known & places(&band);
    if *finished == 0 {
        loop {
            reader.fill();
            let short = table.coefficient(reader);
            let (zeros, value) = if short.bits > 0 {
                reader.skip(u32::from(short.bits));
                if short.advance == END {
                    *finished = 1;
                    break;
                }
                if short.value.unsigned_abs() != 1 {
                    return Err(Stop::Damage);
                }
                (u32::from(short.advance) - 1, short.value)
            } else {
                let symbol = table.symbol(reader)?;
                match (u32::from(symbol >> 4), symbol & 15) {
                    (zeros, 1) => (zeros, 2 * reader.take(1) as i16 - 1),
                    (15, 0) => (15, 0),
                    (zeros, 0) => {
                        *finished = (1 << zeros) + reader.take(zeros);
                        break;
                    }
                    _ => return Err(Stop::Damage),
                }
            };
            // Zeros are counted; nonzero coefficients that are passed get their bit.
            zeros_ahead = without(zeros_ahead, zeros);
            let place = (zeros_ahead.trailing_zeros() as usize).min(band.end);
            let passed = (zeros_ahead & zeros_ahead.wrapping_neg()).wrapping_sub(1);
            refine(reader, block, ahead & passed, low);
            if value != 0 {
                // Other decoders ignore the band's end here, or use its last place; but no encoder writes such a value.
                if place >= band.end {
                    return Err(Stop::Damage);
                }
                block[usize::from(TRANSPOSED[place])] = value << low;
                *known |= 1 << place;
            }
            if place + 1 >= band.end {
                return Ok(());
            }
            ahead &= !passed;
            zeros_ahead &= zeros_ahead.wrapping_sub(1);
        }
    }
    *finished -= 1;
    refine(reader, block, ahead, low);
    Ok(())
}

/// Removes the lowest `count` set bits, run by run because most of them are adjacent.
#[inline(always)]
fn without(mut bits: u64, mut count: u32) -> u64 {
    while bits != 0 {
        let begin = bits.trailing_zeros();
        let run = (bits >> begin).trailing_ones();
        if count < run {
            return bits & u64::MAX << (begin + count);
        }
        count -= run;
        // The carry clears a whole run.
        bits &= bits.wrapping_add(1 << begin);
    }
    0
}

/// Reads one correction bit for each of these coefficients.
#[inline(always)]
fn refine(reader: &mut BitReader<'_>, block: &mut Block, mut which: u64, low: u8) {
    let bit = 1_i16 << low;
    while which != 0 {
        reader.fill();
        let count = which.count_ones().min(GUARANTEED);
        let mut bits = reader.peek(count) << (GUARANTEED - count);
        reader.skip(count);
        for _ in 0..count {
            let coefficient = &mut block[usize::from(TRANSPOSED[which.trailing_zeros() as usize % BLOCK])];
            which &= which - 1;
            // All ones if the bit is to be added. The bits are random, so a branch would be mispredicted half of the time. Only a damaged
            // file adds the same bit twice.
            let comes = (bits as i32 >> 31) as i16 & !-(*coefficient >> low & 1);
            let away_from_zero = (bit ^ *coefficient >> 15) - (*coefficient >> 15);
            *coefficient = coefficient.wrapping_add(away_from_zero & comes);
            bits <<= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::huffman::Class;

    /// A table with a single code: this many zeros, then a value of one bit.
    fn table(symbol: u8) -> HuffmanTable {
        let mut counts = [0; 16];
        counts[0] = 1;
        HuffmanTable::new(Class::Ac, &counts, &[symbol]).unwrap()
    }

    #[test]
    fn a_run_that_leads_out_of_its_band_is_damage() {
        for (band, symbol, inside) in
            [(1..6, 0x41, true), (1..6, 0x51, false), (60..64, 0x31, true), (60..64, 0x41, false)]
        {
            let (bytes, table) = ([0b0100_0000, 0, 0, 0, 0, 0, 0, 0], table(symbol));
            for read in [first_bits, one_more_bit] {
                let (mut block, mut known, mut finished) = ([0; BLOCK], 0, 0);
                let mut reader = BitReader::new(&bytes, 0);
                let found = read(&mut reader, &table, band.clone(), 2, &mut finished, &mut block, &mut known);
                assert_eq!((found.is_ok(), known != 0), (inside, inside), "{band:?} {symbol:X}");
            }
        }
    }

    #[test]
    fn a_run_of_zeros_alone_may_lead_out_of_its_band() {
        let table = table(0xF0);
        for read in [first_bits, one_more_bit] {
            let (mut block, mut known, mut finished) = ([0; BLOCK], 0, 0);
            let mut reader = BitReader::new(&[0; 8], 0);
            read(&mut reader, &table, 1..6, 2, &mut finished, &mut block, &mut known).unwrap();
            assert_eq!((known, finished), (0, 0));
        }
    }

    #[test]
    fn known_coefficients_get_their_bit_and_zeros_are_counted() {
        let table = table(0x21);
        let mut block = [0; BLOCK];
        block[usize::from(TRANSPOSED[2])] = -8;
        block[usize::from(TRANSPOSED[4])] = 8;
        let mut known = 1 << 2 | 1 << 4;
        // The code, the sign (negative), one bit for place 2 and one for place 4: place 5 is the third that was zero, and the last.
        let mut reader = BitReader::new(&[0b0010_0000, 0, 0, 0, 0, 0, 0, 0, 0], 0);
        let mut finished = 0;
        one_more_bit(&mut reader, &table, 1..6, 2, &mut finished, &mut block, &mut known).unwrap();
        let places: Vec<i16> = (1..7).map(|place| block[usize::from(TRANSPOSED[place])]).collect();
        assert_eq!(places, [0, -12, 0, 8, -4, 0]);
    }
}
