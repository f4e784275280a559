//! A decoded picture: its components, each as a [`Plane`], and what they mean.

use super::error::Error;
use super::header::Size;
use super::plane::Plane;

/// A decoded picture, as stored.
#[derive(Debug, Clone)]
pub(in crate::image) struct Picture {
    /// Size in pixels.
    pub(in crate::image) size: Size,
    /// What the planes mean.
    pub(in crate::image) color: Color,
    /// Whether an alpha plane follows those of the colour, which are multiplied with it.
    pub(in crate::image) alpha: bool,
    /// The components.
    pub(in crate::image) planes: Vec<Plane>,
}

/// What planes mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::image) enum Color {
    /// One.
    Gray,
    /// Y', Cb, Cr as JFIF has them: full range, primaries of whatever profile comes with them.
    YCbCr,
    /// Red, green, blue.
    Rgb,
}

impl Picture {
    /// The picture at half the size; the size itself is told in pixels of the source still.
    pub(in crate::image) fn halved(&self) -> Result<Self, Error> {
        let planes = self.planes.iter().map(Plane::halved).collect::<Result<_, _>>()?;
        Ok(Self { planes, ..*self })
    }
}
