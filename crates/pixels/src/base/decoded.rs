//! What decoders are asked for, and what they give.

use jpeg::{Damage, Parallelism, Placing, Recoding, Requantizer, Size};

use super::picture::Picture;
use super::recipe::Colors;

/// A decoded picture with the colour profile that has to travel with it.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The size of the source, as stored.
    pub(crate) stored: Size,
    /// The picture at each level that was wanted and that its decoder brings by itself, by rising level; if none, at level 0.
    pub(crate) levels: Vec<(u8, Picture)>,
    /// For each placing that was wanted the picture there, as it is seen; nothing if level 0 came instead.
    pub(crate) placed: Vec<Picture>,
    /// The coefficients that were wanted.
    pub(crate) coefficients: Vec<Requantizer>,
    /// What browsers have to know to show it; nothing if it is sRGB.
    pub(crate) profile: Option<Vec<u8>>,
    /// What of it could not be read.
    pub(crate) damage: Option<Damage>,
}

impl Decoded {
    /// A picture that comes in its full size only.
    pub(crate) fn whole(picture: Picture, profile: Option<Vec<u8>>) -> Self {
        let (stored, placed, coefficients) = (picture.size, Vec::new(), Vec::new());
        Self { stored, levels: vec![(0, picture)], placed, coefficients, profile, damage: None }
    }
}

/// What is wanted of a file.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// In which colours.
    pub(crate) colors: Colors,
    /// How often halved, rising.
    pub(crate) levels: &'a [u8],
    /// Where renditions that are made of the full size lie on it. A decoder that can do without having it as a whole makes these, any
    /// other gives level 0.
    pub(crate) placings: &'a [Placing],
    /// Whether no more than a sample of chroma is needed for 2×2 of luma.
    pub(crate) half_chroma: bool,
    /// Its coefficients, quantized so. Only a JPEG has any.
    pub(crate) coefficients: &'a [Recoding],
    /// Who does it.
    pub(crate) hands: &'a dyn Parallelism,
}
