//! The crop and the orientation of a picture, from the properties of its item.
//!
//! In: `clap`, `irot` and `imir` properties, in their order. Out: one window of the stored picture, and one orientation.

use jpeg::{Orientation, Size};

use super::items::{ItemTables, damaged};
use crate::base::box_cursor::BoxCursor;
use crate::base::error::Error;

/// The displayed part of a stored picture, and how to turn it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DisplayedPart {
    pub(super) left: u32,
    pub(super) top: u32,
    /// Size as stored.
    pub(super) size: Size,
    /// Whether rows and columns are exchanged.
    swapped: bool,
    /// Whether stored columns and stored rows count from their end.
    mirrored: [bool; 2],
}

impl DisplayedPart {
    pub(super) fn whole(size: Size) -> Self {
        Self { left: 0, top: 0, size, swapped: false, mirrored: [false; 2] }
    }

    /// Applies the properties of an item, after those of the items of which it is made.
    pub(super) fn transformed(mut self, tables: &ItemTables<'_>, item: u32) -> Result<Self, Error> {
        for (_, property) in tables.properties(item) {
            let first = property.body.first().copied().unwrap_or(0);
            match &property.kind {
                b"irot" => (0..first & 3).for_each(|_| self.turn_left()),
                b"imir" => self.mirror(first & 1 == 1),
                b"clap" => {
                    self.crop(property.body).ok_or_else(|| damaged("its clean aperture is outside the picture"))?
                }
                _ => {}
            }
        }
        Ok(self)
    }

    /// Returns the orientation that shows the part upright.
    pub(super) fn orientation(&self) -> Orientation {
        let number = match (self.swapped, self.mirrored) {
            (false, [false, false]) => 1,
            (false, [true, false]) => 2,
            (false, [true, true]) => 3,
            (false, [false, true]) => 4,
            (true, [false, false]) => 5,
            (true, [false, true]) => 6,
            (true, [true, true]) => 7,
            (true, [true, false]) => 8,
        };
        Orientation::from_exif(number)
    }

    /// Returns column and row, as stored, of a pixel of the displayed picture.
    pub(super) fn stored(&self, x: u32, y: u32) -> [u32; 2] {
        let [x, y] = if self.swapped { [y, x] } else { [x, y] };
        let from = |mirrored, side: u32, at: u32| if mirrored { side - 1 - at } else { at };
        let [columns, rows] = self.mirrored;
        [self.left + from(columns, self.size.width, x), self.top + from(rows, self.size.height, y)]
    }

    /// Turns by 90° anticlockwise.
    fn turn_left(&mut self) {
        // The new rows are the former columns, from the right.
        let columns = usize::from(self.swapped);
        self.mirrored[columns] = !self.mirrored[columns];
        self.swapped = !self.swapped;
    }

    /// Exchanges left and right, or top and bottom.
    fn mirror(&mut self, sideways: bool) {
        let side = usize::from(sideways == self.swapped);
        self.mirrored[side] = !self.mirrored[side];
    }

    /// Crops to a clean aperture, whose offset is that of its centre from the centre of the picture.
    fn crop(&mut self, aperture: &[u8]) -> Option<()> {
        let mut cursor = BoxCursor::new(aperture);
        let mut fraction = || Some([i128::from(cursor.small(4)?), i128::from(cursor.small(4)?)]);
        let [width, height, across, down] = [fraction()?, fraction()?, fraction()?, fraction()?];
        let shown = self.orientation().apply(self.size);
        let across = cropped(shown.width, width, across)?;
        let down = cropped(shown.height, height, down)?;
        let [across, down] = if self.swapped { [down, across] } else { [across, down] };
        let [mirrored_columns, mirrored_rows] = self.mirrored;
        let from = |mirrored, side: u32, [start, length]: [u32; 2]| {
            if mirrored { side - start - length } else { start }
        };
        self.left += from(mirrored_columns, self.size.width, across);
        self.top += from(mirrored_rows, self.size.height, down);
        self.size = Size { width: across[1], height: down[1] };
        Some(())
    }
}

/// Returns start and length of an aperture on one side, in whole pixels.
fn cropped(side: u32, [length, part]: [i128; 2], [offset, offset_part]: [i128; 2]) -> Option<[u32; 2]> {
    // Offsets are signed, unlike everything else.
    let offset = i128::from(offset as u32 as i32);
    if part == 0 || offset_part == 0 {
        return None;
    }
    let length = length / part;
    let start = ((i128::from(side) - length) * offset_part + 2 * offset).div_euclid(2 * offset_part);
    if length == 0 || start < 0 || start + length > i128::from(side) {
        return None;
    }
    Some([start as u32, length as u32])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> DisplayedPart {
        DisplayedPart::whole(Size { width: 12, height: 8 })
    }

    fn aperture(width: u32, height: u32, across: i32, down: i32) -> Vec<u8> {
        [width, 1, height, 1, across as u32, 2, down as u32, 2].map(u32::to_be_bytes).concat()
    }

    #[test]
    fn four_turns_and_two_mirrors_change_nothing() {
        let mut part = whole();
        (0..4).for_each(|_| part.turn_left());
        for sideways in [true, false] {
            part.mirror(sideways);
            part.mirror(sideways);
        }
        assert_eq!(part, whole());
    }

    #[test]
    fn a_turn_to_the_left_shows_the_last_column_first() {
        let mut part = whole();
        part.turn_left();
        assert_eq!(part.orientation().exif(), 8);
        assert_eq!([part.stored(0, 0), part.stored(7, 0), part.stored(0, 11)], [[11, 0], [11, 7], [0, 0]]);
        part.mirror(true);
        assert_eq!([part.stored(0, 0), part.stored(7, 0)], [[11, 7], [11, 0]]);
    }

    #[test]
    fn a_crop_after_a_turn_is_a_crop_of_the_turned_picture() {
        for turns in 0..4 {
            for mirror in [None, Some(false), Some(true)] {
                let mut part = whole();
                (0..turns).for_each(|_| part.turn_left());
                mirror.into_iter().for_each(|sideways| part.mirror(sideways));
                let shown = part.orientation().apply(part.size);
                let mut crop = part;
                crop.crop(&aperture(4, 3, 2, i32::from(shown.height.is_multiple_of(2)))).unwrap();
                let [left, _] = cropped(shown.width, [4, 1], [2, 2]).unwrap();
                let [top, _] = cropped(shown.height, [3, 1], [1, 2]).unwrap();
                for (x, y) in [(0, 0), (3, 0), (0, 2), (3, 2)] {
                    assert_eq!(crop.stored(x, y), part.stored(left + x, top + y), "{turns} {mirror:?}");
                }
            }
        }
    }

    #[test]
    fn apertures_that_are_no_part_of_the_picture_are_refused() {
        for wrong in [aperture(13, 8, 0, 0), aperture(12, 8, 2, 0), aperture(0, 8, 0, 0), aperture(12, 8, 0, -2)] {
            assert_eq!(whole().crop(&wrong), None);
        }
        assert_eq!(whole().crop(&[0; 32]), None);
        assert_eq!(whole().crop(&aperture(4, 4, 0, 0)[..31]), None);
    }
}
