//! Scans of progressive frames: coefficients come in bands and bit by bit, and are kept until the last scan is over (T.81, G).

use super::Stop;
use super::bits::BitReader;
use super::frame::Frame;
use super::huffman::{END, Table};
use super::scan::{Blocks, Scan};
use super::tables::Tables;
use crate::image::error::Error;
use crate::image::header::Format;
use crate::image::jpeg::zigzag::TRANSPOSED;
use crate::image::simd::{BLOCK, Block};

/// The coefficients of a component, filled up to whole units.
#[derive(Debug, Clone)]
pub(super) struct Coefficients {
    /// Blocks in a row.
    pub(super) columns: usize,
    /// Row by row; each is given back by itself when it has been handed on.
    pub(super) rows: Vec<Vec<Block>>,
    /// Of each block a bit for each coefficient but the first that is not 0, by its place in the zigzag: most are 0, and need not be
    /// looked at.
    pub(super) known: Vec<u64>,
}

impl Coefficients {
    /// Of the components of a frame, all 0, if there is memory for them.
    pub(super) fn of(frame: &Frame) -> Result<Vec<Self>, Error> {
        let components = frame.components.iter().map(|component| {
            let [columns, rows] = component.padded;
            // There has to be memory for them. What is asked for as zeros comes as zeros, so that nobody has to write them.
            Vec::<Block>::new().try_reserve_exact(columns * rows + columns).map_err(|_| Error::TooMuchMemory)?;
            let blocks = (0..rows).map(|_| vec![[0; BLOCK]; columns]).collect();
            Ok(Self { columns, rows: blocks, known: vec![0; columns * rows] })
        });
        components.collect()
    }
}

/// A progressive scan at work.
pub(super) struct Progressive<'a> {
    kind: Kind,
    low: u8,
    band: std::ops::RangeInclusive<usize>,
    parts: Vec<Part<'a>>,
    coefficients: &'a mut [Coefficients],
    /// So many blocks from here on have nothing more in this band.
    finished: u32,
}

struct Part<'a> {
    component: usize,
    table: Option<&'a Table>,
    prediction: i32,
}

/// What a scan brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    DcFirst,
    DcBit,
    AcFirst,
    AcBit,
}

impl<'a> Progressive<'a> {
    /// The scan adds to the `coefficients` of the frame's components.
    pub(super) fn new(scan: &Scan, tables: &'a Tables, coefficients: &'a mut [Coefficients]) -> Result<Self, Error> {
        let kind = match (scan.band[0], scan.high) {
            (0, 0) => Kind::DcFirst,
            (0, _) => Kind::DcBit,
            (_, 0) => Kind::AcFirst,
            (_, _) => Kind::AcBit,
        };
        let dc = scan.band[0] == 0;
        if dc && scan.band[1] != 0 || !dc && scan.parts.len() > 1 || scan.high > 0 && scan.high != scan.low + 1 {
            return Err(Error::corrupt(Format::Jpeg, "a progressive scan has an impossible band"));
        }
        let parts = scan.parts.iter().map(|part| {
            let table = match kind {
                Kind::DcFirst => Some(tables.dc(part.tables[0])?),
                Kind::DcBit => None,
                Kind::AcFirst | Kind::AcBit => Some(tables.ac(part.tables[1])?),
            };
            Ok(Part { component: part.component, table, prediction: 0 })
        });
        let parts = parts.collect::<Result<_, Error>>()?;
        let band = usize::from(scan.band[0])..=usize::from(scan.band[1]);
        Ok(Self { kind, low: scan.low, band, parts, coefficients, finished: 0 })
    }
}

impl Blocks for Progressive<'_> {
    // What is read wrongly here spoils what earlier scans have brought.
    const GOES_ON: bool = false;

    #[inline(always)]
    fn block(&mut self, reader: &mut BitReader<'_>, part: usize, column: usize, row: usize) -> Result<(), Stop> {
        let part = &mut self.parts[part];
        let component = &mut self.coefficients[part.component];
        let known = &mut component.known[row * component.columns + column];
        let block = &mut component.rows[row][column];
        let band = *self.band.start()..*self.band.end() + 1;
        match (self.kind, part.table) {
            (Kind::DcFirst, Some(table)) => {
                reader.fill();
                let size = table.symbol(reader)?;
                if size > 15 {
                    return Err(Stop::Damage);
                }
                part.prediction = part.prediction.wrapping_add(reader.take_signed(u32::from(size)));
                block[0] = (part.prediction << self.low) as i16;
                Ok(())
            }
            (Kind::AcFirst, Some(table)) => first_bits(reader, table, band, self.low, &mut self.finished, block, known),
            (Kind::AcBit, Some(table)) => one_more_bit(reader, table, band, self.low, &mut self.finished, block, known),
            (_, _) => {
                reader.fill();
                block[0] |= (reader.take(1) << self.low) as i16;
                Ok(())
            }
        }
    }

    #[inline(always)]
    fn pass(&mut self, column: usize, row: usize, count: usize) -> usize {
        let most = count.min(self.finished as usize);
        let passed = match (self.kind, &self.parts[..]) {
            _ if most == 0 => 0,
            (Kind::AcFirst, _) => most,
            (Kind::AcBit, [part]) => {
                let component = &self.coefficients[part.component];
                let band = u64::MAX << self.band.start() & u64::MAX >> (BLOCK - 1 - self.band.end());
                let known = &component.known[row * component.columns + column..][..most];
                known.iter().position(|known| known & band != 0).unwrap_or(most)
            }
            _ => 0,
        };
        self.finished -= passed as u32;
        passed
    }

    fn end_row(&mut self, _: usize) -> Result<(), Error> {
        Ok(())
    }

    fn restart(&mut self) {
        self.parts.iter_mut().for_each(|part| part.prediction = 0);
        self.finished = 0;
    }
}

/// The first bits of a band of a block (T.81, G.1.2.2).
#[inline(always)]
fn first_bits(
    reader: &mut BitReader<'_>,
    table: &Table,
    band: std::ops::Range<usize>,
    low: u8,
    finished: &mut u32,
    block: &mut Block,
    nonzero: &mut u64,
) -> Result<(), Stop> {
    if *finished > 0 {
        *finished -= 1;
        return Ok(());
    }
    // The place of the last one, counted from one before the band.
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
        let Some(place) = TRANSPOSED.get(at) else {
            if at >= usize::from(END) {
                break;
            }
            return Err(Stop::Damage);
        };
        let value = (value << low) as i16;
        block[usize::from(*place)] = value;
        // A damaged file may bring a coefficient again.
        *nonzero = *nonzero & !(1 << at) | u64::from(value != 0) << at;
    }
    Ok(())
}

/// One more bit of the coefficients of a band that are not zero already, and those that come with it (T.81, G.1.2.3).
#[inline(always)]
fn one_more_bit(
    reader: &mut BitReader<'_>,
    table: &Table,
    band: std::ops::Range<usize>,
    low: u8,
    finished: &mut u32,
    block: &mut Block,
    known: &mut u64,
) -> Result<(), Stop> {
    let from = |at: usize| u64::MAX.checked_shl(at as u32).unwrap_or(0);
    let in_band = !from(band.end);
    let mut at = band.start;
    if *finished == 0 {
        while at < band.end {
            reader.fill();
            let symbol = table.symbol(reader)?;
            let (zeros, size) = (u32::from(symbol >> 4), symbol & 15);
            let value = match size {
                0 if zeros < 15 => {
                    *finished = (1 << zeros) + reader.take(zeros);
                    break;
                }
                0 => 0,
                1 => (2 * reader.take(1) as i16 - 1) << low,
                _ => return Err(Stop::Damage),
            };
            // Zeros are counted; what is not zero on the way gets its bit.
            let mut places = !*known & in_band & from(at);
            (0..zeros).for_each(|_| places &= places.wrapping_sub(1));
            let place = if places == 0 { band.end } else { places.trailing_zeros() as usize };
            refine(reader, block, *known & from(at) & !from(place), low);
            if value != 0 {
                // A run that leads out of the band: all other decoders put its value behind the band, or in the last place.
                let place = place.min(BLOCK - 1);
                block[usize::from(TRANSPOSED[place])] = value;
                *known |= 1 << place;
            }
            at = place + 1;
        }
    }
    if *finished > 0 {
        refine(reader, block, *known & from(at) & in_band, low);
        *finished -= 1;
    }
    Ok(())
}

/// Takes a bit for each of these coefficients.
#[inline(always)]
fn refine(reader: &mut BitReader<'_>, block: &mut Block, mut which: u64, low: u8) {
    let bit = 1 << low;
    while which != 0 {
        let coefficient = &mut block[usize::from(TRANSPOSED[which.trailing_zeros() as usize])];
        which &= which - 1;
        reader.fill();
        // Only a damaged file brings a bit twice.
        if reader.take(1) == 1 && *coefficient & bit == 0 {
            *coefficient = coefficient.wrapping_add(if *coefficient > 0 { bit } else { -bit });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::jpeg::decode::huffman::Class;

    /// What an encoder never writes, and other decoders agree on.
    #[test]
    fn a_run_that_leads_out_of_its_band_puts_its_value_behind_it() {
        let mut counts = [0; 16];
        counts[0] = 1;
        let table = Table::new(Class::Ac, &counts, &[0xF1]).unwrap();
        for (band, place) in [(1..6, 6), (1..64, 63)] {
            // The code, the sign, and a bit for each of the 62 coefficients that are known in the second case.
            let mut reader = BitReader::new(&[0b0100_0000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0);
            let (mut block, mut finished) = ([0; BLOCK], 0);
            let mut known = if band.end == 64 { u64::MAX >> 1 & !1 } else { 0 };
            one_more_bit(&mut reader, &table, band, 2, &mut finished, &mut block, &mut known).unwrap();
            assert_eq!(block[usize::from(TRANSPOSED[place])], 4, "{place}");
            assert_eq!(known >> place & 1, 1);
        }
    }

    #[test]
    fn known_coefficients_get_their_bit_and_zeros_are_counted() {
        let mut counts = [0; 16];
        counts[0] = 1;
        // Two zeros, then a new coefficient.
        let table = Table::new(Class::Ac, &counts, &[0x21]).unwrap();
        let mut block = [0; BLOCK];
        block[usize::from(TRANSPOSED[2])] = -8;
        block[usize::from(TRANSPOSED[4])] = 8;
        let mut known = 1 << 2 | 1 << 4;
        // The code, the sign (negative), a bit for place 2 and one for place 4; then the same code again leads out of the band.
        let mut reader = BitReader::new(&[0b0010_0000, 0, 0, 0, 0, 0, 0, 0, 0], 0);
        let mut finished = 0;
        one_more_bit(&mut reader, &table, 1..6, 2, &mut finished, &mut block, &mut known).unwrap();
        let places: Vec<i16> = (1..7).map(|place| block[usize::from(TRANSPOSED[place])]).collect();
        assert_eq!(places, [0, -12, 0, 8, -4, 0]);
    }
}
