//! Scans of sequential frames: each block comes once and whole, so a row of blocks becomes samples as soon as it is there.

use super::Stop;
use super::bits::BitReader;
use super::frame::Frame;
use super::huffman::Table;
use super::samples::Output;
use super::scan::{Blocks, Part, Scan};
use super::tables::Tables;
use crate::image::error::Error;
use crate::image::jpeg::zigzag::TRANSPOSED;
use crate::image::plane::Plane;
use crate::image::simd::{BLOCK, Block, Steps};

/// A sequential scan at work.
pub(super) struct Sequential<'a> {
    parts: Vec<Row<'a>>,
    output: Output,
    planes: &'a mut [Plane],
}

/// One row of units of one component.
struct Row<'a> {
    part: Part,
    dc: &'a Table,
    ac: &'a Table,
    steps: Steps,
    prediction: i32,
    /// Blocks in a row.
    columns: usize,
    /// The first row of blocks that it holds.
    first: usize,
    blocks: Vec<Block>,
}

impl<'a> Sequential<'a> {
    /// The scan writes to the `planes` of the frame's components.
    pub(super) fn new(
        scan: &Scan,
        frame: &Frame,
        tables: &'a Tables,
        output: Output,
        planes: &'a mut [Plane],
    ) -> Result<Self, Error> {
        let parts = scan.parts.iter().map(|part| {
            let columns = scan.units[0] * part.factors[0];
            Ok(Row {
                part: *part,
                dc: tables.dc(part.tables[0])?,
                ac: tables.ac(part.tables[1])?,
                steps: tables.steps(frame.components[part.component].table)?,
                prediction: 0,
                columns,
                first: 0,
                blocks: vec![[0; BLOCK]; columns * part.factors[1]],
            })
        });
        Ok(Self { parts: parts.collect::<Result<_, Error>>()?, output, planes })
    }
}

impl Blocks for Sequential<'_> {
    const GOES_ON: bool = true;

    #[inline(always)]
    fn block(&mut self, reader: &mut BitReader<'_>, part: usize, column: usize, row: usize) -> Result<(), Stop> {
        let part = &mut self.parts[part];
        let block = &mut part.blocks[(row - part.first) * part.columns + column];
        read_block(reader, part.dc, part.ac, &mut part.prediction, block)
    }

    fn end_row(&mut self, row: usize) -> Result<(), Error> {
        for part in &mut self.parts {
            let plane = &mut self.planes[part.part.component];
            for (number, blocks) in part.blocks.chunks_exact(part.columns).enumerate() {
                self.output.row(blocks, &part.steps, plane, row * part.part.factors[1] + number);
            }
            part.blocks.fill([0; BLOCK]);
            part.first = (row + 1) * part.part.factors[1];
        }
        Ok(())
    }

    fn restart(&mut self) {
        self.parts.iter_mut().for_each(|part| part.prediction = 0);
    }
}

/// T.81, F.2.2.
#[inline(always)]
fn read_block(
    reader: &mut BitReader<'_>,
    dc: &Table,
    ac: &Table,
    prediction: &mut i32,
    block: &mut Block,
) -> Result<(), Stop> {
    reader.fill();
    let size = dc.symbol(reader)?;
    if size > 15 {
        return Err(Stop::Damage);
    }
    *prediction = prediction.wrapping_add(reader.take_signed(u32::from(size)));
    block[0] = *prediction as i16;
    let mut at = 1;
    while at < BLOCK {
        reader.fill();
        let known = ac.coefficient(reader);
        let value = if known.bits > 0 {
            reader.skip(u32::from(known.bits));
            at += usize::from(known.zeros);
            known.value
        } else {
            let symbol = ac.symbol(reader)?;
            let (zeros, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
            if size == 0 {
                if zeros < 15 {
                    break;
                }
                at += 16;
                continue;
            }
            at += zeros;
            reader.take_signed(size) as i16
        };
        let place = *TRANSPOSED.get(at).ok_or(Stop::Damage)?;
        block[usize::from(place)] = value;
        at += 1;
    }
    Ok(())
}
