//! A decoded picture: its components, each as a [`Plane`], and what they mean.

use jpeg::{Plane, Size};

use super::error::Error;

/// A decoded picture, as stored.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// Size in pixels.
    pub(crate) size: Size,
    /// What the planes mean.
    pub(crate) color: Color,
    /// Whether an alpha plane follows those of the colour, which are multiplied with it.
    pub(crate) alpha: bool,
    /// The components.
    pub(crate) planes: Vec<Plane>,
}

/// What planes mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Color {
    /// One.
    Gray,
    /// Y', Cb, Cr as JFIF has them: full range, primaries of whatever profile comes with them.
    YCbCr,
    /// Red, green, blue.
    Rgb,
}

impl Color {
    /// Whether a plane, by its number, is Cb or Cr.
    pub(crate) fn is_chroma(self, plane: usize) -> bool {
        self == Self::YCbCr && (plane == 1 || plane == 2)
    }
}

impl Picture {
    /// The picture at half the size; the size itself is told in pixels of the source still.
    pub(crate) fn halved(&self) -> Result<Self, Error> {
        let planes = self.planes.iter().map(Plane::halved).collect::<Result<_, _>>()?;
        Ok(Self { planes, ..*self })
    }
}
