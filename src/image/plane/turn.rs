//! Turning upright, which is done to the small result rather than to the large source.

use super::{Plane, zeroed};
use crate::image::error::Error;
use crate::image::header::Orientation;

impl Plane {
    /// The plane as it is seen.
    pub(in crate::image) fn turned(mut self, turn: Orientation) -> Result<Self, Error> {
        let width = self.width;
        if turn.mirrors_rows() {
            self.samples.chunks_exact_mut(width).for_each(<[u8]>::reverse);
        }
        if turn.mirrors_columns() {
            let mut rows: Vec<&mut [u8]> = self.samples.chunks_exact_mut(width).collect();
            let middle = rows.len() / 2;
            let (top, bottom) = rows.split_at_mut(middle);
            for (a, b) in top.iter_mut().zip(bottom.iter_mut().rev()) {
                a.swap_with_slice(b);
            }
        }
        if turn.swaps_sides() { self.transposed() } else { Ok(self) }
    }

    /// Rows become columns, in squares that stay in the cache.
    fn transposed(self) -> Result<Self, Error> {
        const SQUARE: usize = 32;
        let (width, height) = (self.height, self.width);
        let mut samples = zeroed(width, height)?;
        for top in (0..height).step_by(SQUARE) {
            for left in (0..width).step_by(SQUARE) {
                for y in top..(top + SQUARE).min(height) {
                    let row = &mut samples[y * width..][..width];
                    for (x, sample) in row.iter_mut().enumerate().take(left + SQUARE).skip(left) {
                        *sample = self.samples[x * height + y];
                    }
                }
            }
        }
        let [across, down] = self.density;
        Ok(Self { width, height, density: [down, across], samples })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::plane::Density;

    #[test]
    fn all_eight_orientations_stand_upright() {
        // An upright F, and how a camera stores it under each orientation (Exif 2.32, figure in 4.6.4).
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
            let seen = plane.turned(turn).unwrap();
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
        let turned = plane.clone().turned(Orientation::from_exif(5)).unwrap();
        for y in 0..height {
            for x in 0..width {
                assert_eq!(turned.row(x)[y], plane.row(y)[x]);
            }
        }
    }
}
