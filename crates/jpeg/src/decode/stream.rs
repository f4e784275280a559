//! Resampling of a component while its rows arrive, so that it is never in memory as a whole.

use crate::error::Error;
use crate::orientation::Orientation;
use crate::plane::resample::{Axis, Resampling};
use crate::plane::{Density, Plane};

/// Number of rows that may be obsolete before the rows still needed are moved to the front.
const FORGOTTEN: usize = 64;

/// Sample value where data is missing.
const GRAY: u8 = 128;

/// The rows of a component that are still needed, and the planes made from them.
#[derive(Debug)]
pub(super) struct Stream {
    width: usize,
    height: usize,
    /// Number of the first row in `rows`.
    first: usize,
    rows: Vec<u8>,
    planes: Vec<Resampling>,
}

impl Stream {
    /// A stream for a component of this size, resampled to each of these grids and turned.
    pub(super) fn new(
        [width, height]: [usize; 2],
        density: [Density; 2],
        grids: impl Iterator<Item = ([Axis; 2], Orientation)>,
    ) -> Result<Self, Error> {
        let planes = grids.map(|(axes, turn)| Resampling::new([width, height], density, axes, turn));
        Ok(Self { width, height, first: 0, rows: Vec::new(), planes: planes.collect::<Result<_, _>>()? })
    }

    /// Takes up to `count` rows from number `row` on, filled in by `write`.
    pub(super) fn take(&mut self, row: usize, count: usize, write: impl FnOnce(&mut [u8], usize)) {
        if row == 0 && self.next() > 0 {
            self.first = 0;
            self.rows.clear();
            self.planes.iter_mut().for_each(Resampling::restart);
        }
        self.fill(row);
        let count = count.min(self.height.saturating_sub(self.next()));
        if count == 0 || row != self.next() {
            return;
        }
        let begin = self.rows.len();
        self.rows.resize(begin + count * self.width, 0);
        write(&mut self.rows[begin..], self.width);
        self.advance();
    }

    /// Returns the planes, in the order of their grids.
    pub(super) fn finish(mut self) -> Vec<Plane> {
        self.fill(self.height);
        self.planes.into_iter().map(Resampling::finish).collect()
    }

    /// Returns the number of the next row.
    fn next(&self) -> usize {
        self.first + self.rows.len() / self.width
    }

    /// Fills missing rows before `row` with gray.
    fn fill(&mut self, row: usize) {
        while self.next() < row.min(self.height) {
            self.rows.resize(self.rows.len() + self.width, GRAY);
            self.advance();
        }
    }

    fn advance(&mut self) {
        let (first, width, next) = (self.first, self.width, self.next());
        let row = |y: usize| &self.rows[(y - first) * width..][..width];
        self.planes.iter_mut().for_each(|plane| plane.advance(next, row));
        let needed = self.planes.iter().map(Resampling::needs_from).min().unwrap_or(next).min(next);
        if needed - first >= FORGOTTEN {
            self.rows.drain(..(needed - first) * width);
            self.first = needed;
        }
    }
}
