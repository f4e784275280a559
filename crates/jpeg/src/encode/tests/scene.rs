//! Planes for the encoder's tests. The package in `compare` uses them too.

use super::{Density, Plane};

pub(super) fn plane(width: usize, height: usize, sample: impl Fn(usize, usize) -> u8) -> Plane {
    let samples = (0..width * height).map(|at| sample(at % width, at / width)).collect();
    Plane { width, height, density: [Density::FULL; 2], samples }
}

/// Slopes with an edge and some grain: coefficients of all sizes, and runs of zeros.
pub(super) fn scene(width: usize, height: usize, seed: usize) -> Plane {
    plane(width, height, |x, y| {
        let grain = ((x * 31 + y * 17 + seed * 7).wrapping_mul(2_654_435_761) >> 8) % 9;
        let edge = if (x + seed * 5) / 23 % 2 == y / 19 % 2 { 90 } else { 0 };
        (20 + (x * 3 + y * 2 + seed * 40) % 120 + grain + edge).min(255) as u8
    })
}

/// A picture whose chroma is not halved.
pub(super) fn full_colour(width: usize, height: usize) -> Vec<Plane> {
    (0..3).map(|seed| scene(width, height, seed)).collect()
}

pub(super) fn colour(width: usize, height: usize) -> Vec<Plane> {
    let half = (width.div_ceil(2), height.div_ceil(2));
    vec![scene(width, height, 0), scene(half.0, half.1, 1), scene(half.0, half.1, 2)]
}
