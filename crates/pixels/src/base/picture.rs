//! A decoded picture: its components, each as a [`Plane`], and their meaning.

use jpeg::{Plane, Size};

use super::error::Error;

/// A decoded picture, as stored.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// Size in pixels.
    pub(crate) size: Size,
    /// Meaning of the planes.
    pub(crate) color: Color,
    /// Whether an alpha plane follows the colour planes, which are premultiplied with it.
    pub(crate) alpha: bool,
    /// The components.
    pub(crate) planes: Vec<Plane>,
}

/// Meaning of planes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Color {
    /// One plane, from black to white.
    Gray,
    /// Y', Cb, Cr as in JFIF: full range, with the primaries of the picture's profile.
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
    /// Returns the picture at half the size; its `size` remains that of the source, in pixels.
    pub(crate) fn halved(&self) -> Result<Self, Error> {
        let planes = self.planes.iter().map(Plane::halved).collect::<Result<_, _>>()?;
        Ok(Self { planes, ..*self })
    }
}
