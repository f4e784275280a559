//! Turning of a plane while its rows arrive, so that only one copy is in memory.

use super::plane::{Density, Plane, zeroed};
use crate::error::Error;
use crate::orientation::Orientation;

/// Number of rows that are turned into columns together, which writes whole cache lines.
const STRIP: usize = 64;

/// Padding of the rows of a strip, so that they do not compete for the same cache sets if a row's length is a power of two.
const APART: usize = 32;

/// A plane that is turned while its rows arrive, as stored, from the top to the bottom.
#[derive(Debug)]
pub(crate) struct Turning {
    /// The plane after turning.
    seen: Plane,
    turn: Orientation,
    /// Number of samples in a row, and number of rows, as stored.
    stored: [usize; 2],
    /// Number of rows that have arrived.
    done: usize,
    /// Rows that will become columns.
    strip: Vec<u8>,
}

impl Turning {
    /// A plane of this stored size.
    pub(crate) fn new(stored: [usize; 2], density: [Density; 2], turn: Orientation) -> Result<Self, Error> {
        let ([width, height], [across, down]) = (stored, density);
        let (seen, strip) = if turn.swaps_sides() {
            (Plane::new(height, width, [down, across])?, zeroed(width + APART, STRIP)?)
        } else {
            (Plane::new(width, height, density)?, Vec::new())
        };
        Ok(Self { seen, turn, stored, done: 0, strip })
    }

    /// Returns the number of rows that have arrived.
    pub(crate) fn rows(&self) -> usize {
        self.done
    }

    /// Discards all rows.
    pub(crate) fn restart(&mut self) {
        self.done = 0;
    }

    /// Takes a row, filled in by `write`. There must not be more rows than the plane has.
    pub(crate) fn push(&mut self, write: impl FnOnce(&mut [u8])) {
        let [width, height] = self.stored;
        let swaps = self.turn.swaps_sides();
        let row = if swaps {
            &mut self.strip[self.done % STRIP * (width + APART)..][..width]
        } else {
            let row = if self.turn.mirrors_columns() { height - 1 - self.done } else { self.done };
            &mut self.seen.samples[row * width..][..width]
        };
        write(row);
        if self.turn.mirrors_rows() {
            row.reverse();
        }
        self.done += 1;
        if swaps && (self.done.is_multiple_of(STRIP) || self.done == height) {
            self.columns();
        }
    }

    /// Writes the rows of the strip as columns.
    fn columns(&mut self) {
        let [width, height] = self.stored;
        let count = (self.done - 1) % STRIP + 1;
        let backwards = self.turn.mirrors_columns();
        let first = if backwards { height - self.done } else { self.done - count };
        for (column, row) in self.seen.samples.chunks_exact_mut(height).enumerate() {
            let samples = self.strip[column..].iter().step_by(width + APART);
            let places = &mut row[first..first + count];
            if backwards {
                places.iter_mut().rev().zip(samples).for_each(|(place, sample)| *place = *sample);
            } else {
                places.iter_mut().zip(samples).for_each(|(place, sample)| *place = *sample);
            }
        }
    }

    /// Returns the plane after turning, when all rows have arrived.
    pub(crate) fn finish(self) -> Plane {
        self.seen
    }
}

#[cfg(test)]
impl Plane {
    /// Returns the plane after turning.
    pub(crate) fn turned(&self, turn: Orientation) -> Self {
        let mut turning = Turning::new([self.width, self.height], self.density, turn).expect("memory");
        (0..self.height).for_each(|y| turning.push(|row| row.copy_from_slice(self.row(y))));
        turning.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plane::Density;

    #[test]
    fn all_eight_orientations_stand_upright() {
        // An upright F, and its stored form for each orientation (Exif 2.32, figure in 4.6.4).
        let stored: [&[&str]; 8] = [
            &["###", "#..", "##.", "#..", "#.."],
            &["###", "..#", ".##", "..#", "..#"],
            &["..#", "..#", ".##", "..#", "###"],
            &["#..", "#..", "##.", "#..", "###"],
            &["#####", "#.#..", "#...."],
            &["#....", "#.#..", "#####"],
            &["....#", "..#.#", "#####"],
            &["#####", "..#.#", "....#"],
        ];
        for (i, rows) in stored.iter().enumerate() {
            let turn = Orientation::from_exif(i as u32 + 1);
            let plane = Plane {
                width: rows[0].len(),
                height: rows.len(),
                density: [Density::FULL; 2],
                samples: rows.concat().into_bytes(),
            };
            let seen = plane.turned(turn);
            let seen: Vec<&str> =
                seen.samples.chunks(seen.width).map(|row| std::str::from_utf8(row).unwrap()).collect();
            assert_eq!(seen, stored[0], "orientation {}", turn.exif());
        }
    }

    #[test]
    fn large_planes_are_transposed_whole() {
        let (width, height) = (67, 131);
        let samples: Vec<u8> = (0..width * height).map(|i| (i % 251) as u8).collect();
        let plane = Plane { width, height, density: [Density::FULL; 2], samples };
        let turned = plane.turned(Orientation::from_exif(5));
        for y in 0..height {
            for x in 0..width {
                assert_eq!(turned.row(x)[y], plane.row(y)[x]);
            }
        }
    }
}
