//! Positions of blocks in a turned picture.

use crate::orientation::Orientation;

/// The mapping of a component's block positions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    orientation: Orientation,
    /// Blocks across and down, as stored.
    stored: [usize; 2],
}

impl Turn {
    /// The mapping for a component with this number of blocks across and down, as stored.
    pub(super) fn new(orientation: Orientation, stored: [usize; 2]) -> Self {
        Self { orientation, stored }
    }

    /// Returns the number of blocks across and down after turning; works for any pair of values for both sides.
    pub(super) fn sides<T: Copy>(self, [across, down]: [T; 2]) -> [T; 2] {
        if self.orientation.swaps_sides() { [down, across] } else { [across, down] }
    }

    /// Whether rows stay rows, in the same order.
    pub(super) fn keeps_rows(self) -> bool {
        self.orientation.keeps_rows()
    }

    /// Whether turning reverses each row.
    pub(super) fn mirrors_rows(self) -> bool {
        self.orientation.mirrors_rows()
    }

    /// Returns the stored column and row of the block at a column and row after turning.
    pub(super) fn source(self, [column, row]: [usize; 2]) -> [usize; 2] {
        let [column, row] = self.sides([column, row]);
        [
            if self.orientation.mirrors_rows() { self.stored[0] - 1 - column } else { column },
            if self.orientation.mirrors_columns() { self.stored[1] - 1 - row } else { row },
        ]
    }
}
