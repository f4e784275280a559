//! Scans of sequential frames: each block is coded once and completely, so a row of blocks is handed on as soon as it is read.

use super::bits::BitReader;
use super::frame::Frame;
use super::huffman::{END, HuffmanTable};
use super::rows::{CoefficientRow, CoefficientSink};
use super::scan::{Blocks, Scan, ScanComponent};
use super::stop::Stop;
use super::tables::Tables;
use crate::error::Error;
use crate::simd::{BLOCK, Block, Extent, Steps};
use crate::zigzag::TRANSPOSED;

/// A sequential scan that is being read.
pub(super) struct SequentialScan<'a, R> {
    parts: Vec<ComponentRow<'a>>,
    rows: &'a mut R,
}

/// One row of units of one component.
struct ComponentRow<'a> {
    part: ScanComponent,
    dc: &'a HuffmanTable,
    ac: &'a HuffmanTable,
    steps: Steps,
    prediction: i32,
    /// Blocks in a row.
    columns: usize,
    /// Number of the first row of blocks held.
    first: usize,
    blocks: Vec<Block>,
    /// Extent of each block.
    extents: Vec<Extent>,
}

impl<'a, R: CoefficientSink> SequentialScan<'a, R> {
    /// A scan that hands its rows on to `rows`.
    pub(super) fn new(scan: &Scan, frame: &Frame, tables: &'a Tables, rows: &'a mut R) -> Result<Self, Error> {
        let parts = scan.parts.iter().map(|part| {
            let columns = scan.units[0] * part.factors[0];
            Ok(ComponentRow {
                part: *part,
                dc: tables.dc(part.tables[0])?,
                ac: tables.ac(part.tables[1])?,
                steps: tables.steps(frame.components[part.component].table)?,
                prediction: 0,
                columns,
                first: 0,
                blocks: vec![[0; BLOCK]; columns * part.factors[1]],
                extents: vec![Extent::Full; columns * part.factors[1]],
            })
        });
        Ok(Self { parts: parts.collect::<Result<_, Error>>()?, rows })
    }
}

impl<R> SequentialScan<'_, R> {
    /// Moves to a row of units, and clears the blocks of the row before.
    pub(super) fn begin_at(&mut self, row: usize) {
        for part in &mut self.parts {
            part.blocks.fill([0; BLOCK]);
            part.extents.fill(Extent::Full);
            part.first = row * part.part.factors[1];
        }
    }
}

impl<R: CoefficientSink> Blocks for SequentialScan<'_, R> {
    const GOES_ON: bool = true;

    #[inline(always)]
    fn block(&mut self, reader: &mut BitReader<'_>, part: usize, column: usize, row: usize) -> Result<(), Stop> {
        let part = &mut self.parts[part];
        let at = (row - part.first) * part.columns + column;
        let last = read_block(reader, part.dc, part.ac, &mut part.prediction, &mut part.blocks[at])?;
        part.extents[at] = Extent::of_last(last);
        Ok(())
    }

    fn end_row(&mut self, row: usize) -> Result<(), Error> {
        for part in &self.parts {
            let rows = part.blocks.chunks_exact(part.columns).zip(part.extents.chunks_exact(part.columns));
            for (place, (blocks, extents)) in rows.enumerate() {
                let number = row * part.part.factors[1] + place;
                let component = part.part.component;
                self.rows.row(&CoefficientRow { component, number, blocks, extents, steps: &part.steps })?;
            }
        }
        self.begin_at(row + 1);
        Ok(())
    }

    fn restart(&mut self) {
        self.parts.iter_mut().for_each(|part| part.prediction = 0);
    }
}

/// Reads a block (T.81, F.2.2). Returns the place of its last coefficient.
#[inline(always)]
fn read_block(
    source: &mut BitReader<'_>,
    dc: &HuffmanTable,
    ac: &HuffmanTable,
    prediction: &mut i32,
    block: &mut Block,
) -> Result<usize, Stop> {
    let mut reader = *source;
    reader.fill();
    let known = dc.coefficient(&reader);
    let difference = if known.bits > 0 {
        reader.skip(u32::from(known.bits));
        i32::from(known.value)
    } else {
        let size = dc.symbol(&mut reader)?;
        if size > 15 {
            return Err(Stop::Damage);
        }
        reader.take_signed(u32::from(size))
    };
    *prediction = prediction.wrapping_add(difference);
    block[0] = *prediction as i16;
    let (mut at, mut last) = (0, 0);
    while at < BLOCK - 1 {
        reader.fill();
        let known = ac.coefficient(&reader);
        let value = if known.bits > 0 {
            reader.skip(u32::from(known.bits));
            at += usize::from(known.advance);
            known.value
        } else {
            let symbol = ac.symbol(&mut reader)?;
            let (zeros, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
            if size == 0 {
                if zeros < 15 {
                    break;
                }
                at += 16;
                continue;
            }
            at += zeros + 1;
            reader.take_signed(size) as i16
        };
        let Some(place) = TRANSPOSED.get(at) else {
            if at >= usize::from(END) {
                break;
            }
            return Err(Stop::Damage);
        };
        block[usize::from(*place)] = value;
        last = at;
    }
    *source = reader;
    Ok(last)
}
