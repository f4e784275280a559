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
    /// Row by row.
    pub(super) blocks: Vec<Block>,
}

impl Coefficients {
    /// Of the components of a frame, all 0, if there is memory for them.
    pub(super) fn of(frame: &Frame) -> Result<Vec<Self>, Error> {
        let components = frame.components.iter().map(|component| {
            let [columns, rows] = component.padded;
            let mut blocks = Vec::new();
            blocks.try_reserve_exact(columns * rows).map_err(|_| Error::TooMuchMemory)?;
            blocks.resize(columns * rows, [0; BLOCK]);
            Ok(Self { columns, blocks })
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
        let block = &mut component.blocks[row * component.columns + column];
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
            (Kind::AcFirst, Some(table)) => first_bits(reader, table, band, self.low, &mut self.finished, block),
            (Kind::AcBit, Some(table)) => one_more_bit(reader, table, band, self.low, &mut self.finished, block),
            (_, _) => {
                reader.fill();
                block[0] |= (reader.take(1) << self.low) as i16;
                Ok(())
            }
        }
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
        block[usize::from(*place)] = (value << low) as i16;
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
) -> Result<(), Stop> {
    let mut at = band.start;
    if *finished == 0 {
        while at < band.end {
            reader.fill();
            let symbol = table.symbol(reader)?;
            let (mut zeros, size) = (u32::from(symbol >> 4), symbol & 15);
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
            while at < band.end {
                let coefficient = &mut block[usize::from(TRANSPOSED[at])];
                if *coefficient != 0 {
                    refine(reader, coefficient, low);
                } else if zeros == 0 {
                    *coefficient = value;
                    break;
                } else {
                    zeros -= 1;
                }
                at += 1;
            }
            // A run that leads out of the band: all other decoders put its value behind the band, or in the last place.
            if at == band.end && value != 0 {
                block[usize::from(TRANSPOSED[at.min(BLOCK - 1)])] = value;
            }
            at += 1;
        }
    }
    if *finished > 0 {
        for place in &TRANSPOSED[at.min(band.end)..band.end] {
            let coefficient = &mut block[usize::from(*place)];
            if *coefficient != 0 {
                refine(reader, coefficient, low);
            }
        }
        *finished -= 1;
    }
    Ok(())
}

#[inline(always)]
fn refine(reader: &mut BitReader<'_>, coefficient: &mut i16, low: u8) {
    reader.fill();
    if reader.take(1) == 1 {
        let bit = 1 << low;
        // Only a damaged file brings a bit twice.
        if *coefficient & bit == 0 {
            *coefficient = coefficient.wrapping_add(if *coefficient > 0 { bit } else { -bit });
        }
    }
}
