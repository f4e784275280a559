//! The request to a decoder, and its result.

use jpeg::{Damage, Parallelism, Placing, Recoding, Requantizer, Size};

use super::picture::Picture;
use super::recipe::Colors;

/// A decoded picture, with the colour profile to embed.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The size of the source, as stored.
    pub(crate) stored: Size,
    /// The picture at each requested level that the decoder supports natively, by increasing level; level 0 if there is none.
    pub(crate) levels: Vec<(u8, Picture)>,
    /// The picture for each requested placing, turned; empty if the decoder returned level 0 instead.
    pub(crate) placed: Vec<Picture>,
    /// The requested coefficients.
    pub(crate) coefficients: Vec<Requantizer>,
    /// The colour profile; `None` for sRGB.
    pub(crate) profile: Option<Vec<u8>>,
    /// Damage to the file; `None` if it is undamaged.
    pub(crate) damage: Option<Damage>,
}

impl Decoded {
    /// A picture that is decoded at its full size only.
    pub(crate) fn whole(picture: Picture, profile: Option<Vec<u8>>) -> Self {
        let (stored, placed, coefficients) = (picture.size, Vec::new(), Vec::new());
        Self { stored, levels: vec![(0, picture)], placed, coefficients, profile, damage: None }
    }
}

/// The request to a decoder.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The colours of the pixels.
    pub(crate) colors: Colors,
    /// The levels: how often the picture is halved, increasing.
    pub(crate) levels: &'a [u8],
    /// Renditions that are made from the full size. A decoder that can stream makes them; any other returns level 0.
    pub(crate) placings: &'a [Placing],
    /// Whether one sample of chroma per 2×2 samples of luma is enough.
    pub(crate) half_chroma: bool,
    /// Parameters for writing the coefficients of a JPEG again.
    pub(crate) coefficients: &'a [Recoding],
    /// The threads that the caller lends.
    pub(crate) parallelism: &'a dyn Parallelism,
}
