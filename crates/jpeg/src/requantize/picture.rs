//! The coefficients of a picture while they are requantized.

use super::job::Job;
use super::kernel::{Kernel, Scale};
use super::shelf::Shelf;
use super::shift::{PARTS, Shift};
use super::steps;
use super::suits::{factors, suits};
use super::turn::Turn;
use crate::attachments::Attachments;
use crate::decode::{Frame, Rows};
use crate::encode::{self, Coding, Component};
use crate::error::Error;
use crate::layout::Layout;
use crate::orientation::Orientation;
use crate::simd::{BLOCK, Block, Extent, Quantized, Steps};

/// Takes rows of blocks and keeps what is to be said of them requantized, which is little.
#[derive(Debug)]
pub struct Requantized {
    /// What it is for.
    pub(super) job: Job,
    parts: Vec<Part>,
}

/// A component.
#[derive(Debug)]
struct Part {
    turn: Turn,
    /// Blocks across and down, as stored.
    stored: [usize; 2],
    /// Blocks in a unit, as seen.
    factors: [usize; 2],
    /// What is said of those blocks that have come; nothing as long as they are on the shelf.
    component: Component,
    /// Blocks that are turned themselves, but in the order of the source: all of them where rows do not stay rows.
    shelf: Shelf,
    /// To the grid that is seen, where that is not the stored one.
    shift: Option<Shift>,
    /// The new steps, where coefficients stand in the source.
    target: [u8; BLOCK],
    /// What coefficients of the source are multiples of, with what follows from it; nothing has come where there is none.
    kernel: Option<(Scale, Kernel)>,
    /// A row.
    blocks: Vec<Quantized>,
}

impl Requantized {
    /// For a file whose `layout` has been read, before its coefficients come.
    ///
    /// # Errors
    /// If it is none of those for which this works, or if there is no memory left.
    pub fn begin(layout: &Layout<'_>, job: Job) -> Result<Self, Error> {
        if !suits(layout) {
            return Err(Error::Unsuitable("these coefficients cannot be written again"));
        }
        if job.size != job.turn.apply(layout.size) {
            return Err(Error::Unsuitable("coefficients have the size that they have"));
        }
        Self::new(&Frame::of(layout), &factors(layout), job)
    }

    /// The bytes of a file, when all has come that will. What is missing is gray.
    pub fn write(self, attachments: &Attachments<'_>) -> Result<Vec<u8>, Error> {
        let Job { size, coding, .. } = self.job;
        let (mut components, steps) = self.finish()?;
        // No side of a picture that is read is longer than 16 bits can tell.
        let size = [size.width as u16, size.height as u16];
        encode::write(size, steps, &mut components, coding, attachments)
    }

    /// Of a frame. `factors`: the sampling factors of its components, reduced.
    pub(super) fn new(frame: &Frame, factors: &[[u32; 2]], job: Job) -> Result<Self, Error> {
        let orientation = job.turn;
        let wanted = steps::wanted(job.coding, frame.components.len());
        let parts = frame.components.iter().zip(factors).zip(&wanted).enumerate();
        let parts = parts.map(|(number, ((component, factors), wanted))| {
            let stored = component.blocks;
            let turn = Turn::new(orientation, stored);
            let factors = turn.sides(factors.map(|factor| factor as usize));
            let target = places(wanted, orientation);
            let blocks = vec![Quantized::EMPTY; stored[0]];
            let shift = Shift::new(frame, number, orientation);
            let (component, shelf, kernel) = (Component::default(), Shelf::default(), None);
            let mut part = Part { turn, stored, factors, component, shelf, shift, target, kernel, blocks };
            part.begin(number, job.coding)?;
            Ok(part)
        });
        Ok(Self { job, parts: parts.collect::<Result<_, Error>>()? })
    }

    /// The components, as they are seen, and their steps in natural order.
    pub(super) fn finish(self) -> Result<(Vec<Component>, Vec<[u8; BLOCK]>), Error> {
        let steps = self.parts.iter().map(|part| natural(&part.target, self.job.turn)).collect();
        Ok((self.parts.into_iter().map(Part::finish).collect::<Result<_, _>>()?, steps))
    }
}

impl Rows for Requantized {
    fn row(
        &mut self,
        component: usize,
        row: usize,
        blocks: &[Block],
        extents: &[Extent],
        steps: &Steps,
    ) -> Result<(), Error> {
        let Some(part) = self.parts.get_mut(component) else { return Ok(()) };
        if row == 0 {
            part.begin(component, self.job.coding)?;
        }
        if row != part.rows() || row >= part.stored[1] {
            return Ok(());
        }
        part.push(blocks, extents, steps, self.job.turn)
    }
}

impl Part {
    /// Nothing has come yet of this component of the picture, by its number.
    fn begin(&mut self, number: usize, coding: Coding) -> Result<(), Error> {
        self.shelf = Shelf::default();
        self.component.begin(self.turn.sides(self.stored), self.factors, coding, number)
    }

    /// How many rows have come.
    fn rows(&self) -> usize {
        if self.turn.keeps_rows() { self.component.rows_pushed() } else { self.shelf.rows() }
    }

    fn push(
        &mut self,
        blocks: &[Block],
        extents: &[Extent],
        steps: &Steps,
        orientation: Orientation,
    ) -> Result<(), Error> {
        let first = self.rows() == 0;
        let ((blocks, extents), scale) = match &mut self.shift {
            // What has moved is no multiple of the source's steps any more.
            Some(shift) => (shift.apply(blocks, steps, first), Scale { steps: [1; BLOCK], parts: PARTS }),
            None => ((blocks, extents), Scale { steps: *steps, parts: 1 }),
        };
        let kernel = match &mut self.kernel {
            Some((known, kernel)) if *known == scale => kernel,
            kernel => {
                // What was chosen for the first steps serves others, too, which only a damaged file has.
                if kernel.is_none() {
                    self.target = steps::steps(&self.target, &scale.steps);
                }
                let new = Kernel::new(&scale, &self.target, orientation, steps::bias);
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

    /// The component as it is seen.
    fn finish(mut self) -> Result<Component, Error> {
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

/// A table in natural order, as the coefficients of the source will stand in it when they are turned; where they stand in the
/// source, which is transposed.
fn places(table: &[u8; BLOCK], orientation: Orientation) -> [u8; BLOCK] {
    std::array::from_fn(|at| table[natural_place(at, orientation)])
}

/// The other way round.
fn natural(table: &[u8; BLOCK], orientation: Orientation) -> [u8; BLOCK] {
    let mut found = [0; BLOCK];
    (0..BLOCK).for_each(|at| found[natural_place(at, orientation)] = table[at]);
    found
}

fn natural_place(at: usize, orientation: Orientation) -> usize {
    let (horizontal, vertical) = (at / 8, at % 8);
    if orientation.swaps_sides() { horizontal * 8 + vertical } else { vertical * 8 + horizontal }
}
