//! Where blocks come to stand when a picture is turned.

use crate::orientation::Orientation;

/// The place of blocks of a component.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    orientation: Orientation,
    /// Blocks across and down, as stored.
    stored: [usize; 2],
}

impl Turn {
    /// Of a component with so many blocks across and down, as stored.
    pub(super) fn new(orientation: Orientation, stored: [usize; 2]) -> Self {
        Self { orientation, stored }
    }

    /// Blocks across and down, as seen; and anything else that is told for both sides.
    pub(super) fn sides<T: Copy>(self, [across, down]: [T; 2]) -> [T; 2] {
        if self.orientation.swaps_sides() { [down, across] } else { [across, down] }
    }

    /// Whether rows stay rows, and in their order.
    pub(super) fn keeps_rows(self) -> bool {
        self.orientation.keeps_rows()
    }

    /// Whether each row is seen backwards.
    pub(super) fn mirrors_rows(self) -> bool {
        self.orientation.mirrors_rows()
    }

    /// The column and row, as stored, of the block that is seen at a column and row.
    pub(super) fn source(self, [column, row]: [usize; 2]) -> [usize; 2] {
        let [column, row] = self.sides([column, row]);
        [
            if self.orientation.mirrors_rows() { self.stored[0] - 1 - column } else { column },
            if self.orientation.mirrors_columns() { self.stored[1] - 1 - row } else { row },
        ]
    }
}
