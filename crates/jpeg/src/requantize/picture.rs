//! The coefficients of a picture during requantization.

use super::kernel::{Requantization, Scale};
use super::recoding::Recoding;
use super::shelf::Shelf;
use super::shift::{PARTS, Shift};
use super::steps;
use super::suits::{factors, suits};
use super::turn::Turn;
use crate::attachments::Attachments;
use crate::decode::{CoefficientRow, CoefficientSink, Frame};
use crate::encode::{self, CodedComponent, Coding};
use crate::error::Error;
use crate::header::Header;
use crate::orientation::Orientation;
use crate::simd::{BLOCK, Quantized};
use crate::size::Size;

/// Requantization of a file: takes rows of blocks from a decoder, and keeps the coefficients in the form of the new file.
#[derive(Debug)]
pub struct Requantizer {
    recoding: Recoding,
    /// The size of the picture, as stored.
    stored: Size,
    parts: Vec<RequantizedComponent>,
}

/// A component during requantization.
#[derive(Debug)]
struct RequantizedComponent {
    turn: Turn,
    /// Blocks across and down, as stored.
    stored: [usize; 2],
    /// Blocks in a unit, after turning.
    factors: [usize; 2],
    /// The coded form of the blocks that have arrived; empty while they are on the shelf.
    component: CodedComponent,
    /// Blocks that are turned themselves, but in the order of the source; used for all blocks if turning does not keep rows.
    shelf: Shelf,
    /// The shift to the grid of the turned picture, if it differs from the stored one.
    shift: Option<Shift>,
    /// The new steps, in the order of the source's blocks.
    target: [u8; BLOCK],
    /// The unit of the source's coefficients, with the requantization for it; `None` before the first row.
    kernel: Option<(Scale, Requantization)>,
    /// Buffer for a row.
    blocks: Vec<Quantized>,
}

impl Requantizer {
    /// A requantizer for the file with this header, to be handed to [`decode_with`](crate::decode_with).
    ///
    /// # Errors
    /// If the file is not [rewritable](Header::is_rewritable), or if there is no memory left.
    pub fn new(header: &Header<'_>, recoding: Recoding) -> Result<Self, Error> {
        if !suits(header) {
            return Err(Error::Unsuitable("these coefficients cannot be written again"));
        }
        Self::of(&Frame::of(header), &factors(header), header.size, recoding)
    }

    /// Returns the bytes of the file, after decoding has ended. Missing blocks are gray.
    ///
    /// # Errors
    /// If the profile is too long, or if there is no memory left.
    pub fn write(self, attachments: &Attachments<'_>) -> Result<Vec<u8>, Error> {
        let Recoding { turn, coding } = self.recoding;
        let size = turn.apply(self.stored);
        let (mut components, steps) = self.finish()?;
        // The sides of a picture that was read fit into 16 bits.
        let size = [size.width as u16, size.height as u16];
        encode::write(size, steps, &mut components, coding, attachments)
    }

    /// A requantizer for a frame. `factors`: the reduced sampling factors of its components.
    fn of(frame: &Frame, factors: &[[u32; 2]], stored: Size, recoding: Recoding) -> Result<Self, Error> {
        let orientation = recoding.turn;
        let wanted = steps::wanted(recoding.coding, factors);
        let parts = frame.components.iter().zip(factors).zip(&wanted).enumerate();
        let parts = parts.map(|(number, ((component, factors), wanted))| {
            let stored = component.blocks;
            let turn = Turn::new(orientation, stored);
            let factors = turn.sides(factors.map(|factor| factor as usize));
            let target = places(wanted, orientation);
            let blocks = vec![Quantized::EMPTY; stored[0]];
            let shift = Shift::new(frame, number, orientation);
            let (component, shelf, kernel) = (CodedComponent::default(), Shelf::default(), None);
            let mut part =
                RequantizedComponent { turn, stored, factors, component, shelf, shift, target, kernel, blocks };
            part.begin(number, recoding.coding)?;
            Ok(part)
        });
        Ok(Self { recoding, stored, parts: parts.collect::<Result<_, Error>>()? })
    }

    /// Returns the turned components, and their steps in natural order.
    pub(super) fn finish(self) -> Result<(Vec<CodedComponent>, Vec<[u8; BLOCK]>), Error> {
        let steps = self.parts.iter().map(|part| natural(&part.target, self.recoding.turn)).collect();
        Ok((self.parts.into_iter().map(RequantizedComponent::finish).collect::<Result<_, _>>()?, steps))
    }
}

impl CoefficientSink for Requantizer {
    fn row(&mut self, row: &CoefficientRow<'_>) -> Result<(), Error> {
        let Some(part) = self.parts.get_mut(row.component) else { return Ok(()) };
        if row.number == 0 {
            part.begin(row.component, self.recoding.coding)?;
        }
        if row.number != part.rows() || row.number >= part.stored[1] {
            return Ok(());
        }
        part.push(row, self.recoding.turn)
    }
}

impl RequantizedComponent {
    /// Discards the rows of this component, and starts over. `number`: the number of the component.
    fn begin(&mut self, number: usize, coding: Coding) -> Result<(), Error> {
        self.shelf = Shelf::default();
        self.component.begin(self.turn.sides(self.stored), self.factors, coding, number)
    }

    /// Returns the number of rows that have arrived.
    fn rows(&self) -> usize {
        if self.turn.keeps_rows() { self.component.rows_pushed() } else { self.shelf.rows() }
    }

    fn push(&mut self, row: &CoefficientRow<'_>, orientation: Orientation) -> Result<(), Error> {
        let CoefficientRow { blocks, extents, steps, .. } = *row;
        let first = self.rows() == 0;
        let ((blocks, extents), scale) = match &mut self.shift {
            // Shifted coefficients are no longer multiples of the source's steps.
            Some(shift) => (shift.apply(blocks, steps, first), Scale { steps: [1; BLOCK], parts: PARTS }),
            None => ((blocks, extents), Scale { steps: *steps, parts: 1 }),
        };
        let kernel = match &mut self.kernel {
            Some((known, kernel)) if *known == scale => kernel,
            kernel => {
                // The steps chosen for the first table also serve others, which only damaged files have.
                if kernel.is_none() {
                    self.target = steps::steps(&self.target, &scale.steps);
                }
                let new = Requantization::new(&scale, &self.target, orientation, steps::bias);
                &mut kernel.insert((scale, new)).1
            }
        };
        kernel.apply(blocks, extents, &mut self.blocks);
        if !self.turn.keeps_rows() {
            return self.shelf.push(&self.blocks);
        }
        if self.turn.mirrors_rows() {
            self.blocks.reverse();
        }
        self.component.push_row(&self.blocks)
    }

    /// Returns the turned component.
    fn finish(mut self) -> Result<CodedComponent, Error> {
        let [across, down] = self.turn.sides(self.stored);
        self.blocks.clear();
        self.blocks.resize(across, Quantized::EMPTY);
        while self.component.rows_pushed() < down {
            if !self.turn.keeps_rows() {
                let row = self.component.rows_pushed();
                for (column, block) in self.blocks.iter_mut().enumerate() {
                    let [column, row] = self.turn.source([column, row]);
                    *block = self.shelf.block(column, row);
                }
            }
            self.component.push_row(&self.blocks)?;
        }
        self.component.finish()?;
        Ok(self.component)
    }
}

/// Reorders a table from the natural order of the turned picture to the order of the source's blocks, which are transposed.
fn places(table: &[u8; BLOCK], orientation: Orientation) -> [u8; BLOCK] {
    std::array::from_fn(|at| table[natural_place(at, orientation)])
}

/// The inverse of [`places`].
fn natural(table: &[u8; BLOCK], orientation: Orientation) -> [u8; BLOCK] {
    let mut found = [0; BLOCK];
    (0..BLOCK).for_each(|at| found[natural_place(at, orientation)] = table[at]);
    found
}

fn natural_place(at: usize, orientation: Orientation) -> usize {
    let (horizontal, vertical) = (at / 8, at % 8);
    if orientation.swaps_sides() { horizontal * 8 + vertical } else { vertical * 8 + horizontal }
}
