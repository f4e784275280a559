//! Where the samples of a rendition lie on the stored picture.

use super::resample::Axis;
use crate::orientation::Orientation;
use crate::size::Size;

/// The grids of a rendition's components, as stored, and how they are turned then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placing {
    /// Across and down.
    full: [Axis; 2],
    /// Of chroma that has half the size.
    half: Option<[Axis; 2]>,
    /// The size of the rendition, as it is seen.
    pub size: Size,
    /// How what lies on them is turned.
    pub turn: Orientation,
}

impl Placing {
    /// Of a picture as stored, that is turned so and then has a size. With `half_chroma`, chroma has half of it.
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

    /// The axes of a component, across and down; `chroma` says whether it is Cb or Cr.
    #[must_use]
    pub fn axes(&self, chroma: bool) -> [Axis; 2] {
        self.half.filter(|_| chroma).unwrap_or(self.full)
    }
}
