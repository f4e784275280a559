//! Positions of the samples of a resampled picture on the stored one.

use super::resample::Axis;
use crate::orientation::Orientation;
use crate::size::Size;

/// A size to which a picture is resampled: the positions of its samples on the stored picture, and its orientation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placing {
    /// The axes across and down.
    full: [Axis; 2],
    /// The axes of chroma, if it has half the size.
    half: Option<[Axis; 2]>,
    /// The size of the result, after turning.
    pub size: Size,
    /// Orientation of the result.
    pub turn: Orientation,
}

impl Placing {
    /// A placing on a picture of the stored size `source`, which is turned by `turn` and then has this `size`. With `half_chroma`, planes
    /// of Cb and Cr have half the size. No side may be 0.
    #[must_use]
    pub fn new(source: Size, turn: Orientation, size: Size, half_chroma: bool) -> Self {
        let target = turn.apply(size);
        let half = || {
            [
                Axis::half(source.width, target.width, turn.mirrors_rows()),
                Axis::half(source.height, target.height, turn.mirrors_columns()),
            ]
        };
        Self {
            full: [Axis::full(source.width, target.width), Axis::full(source.height, target.height)],
            half: half_chroma.then(half),
            size,
            turn,
        }
    }

    /// Returns the axes of a component, across and down. `chroma`: whether the component is Cb or Cr.
    #[must_use]
    pub fn axes(&self, chroma: bool) -> [Axis; 2] {
        self.half.filter(|_| chroma).unwrap_or(self.full)
    }
}
