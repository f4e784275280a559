//! Colour profiles (ICC.1): what the numbers of a picture mean, and how they become sRGB.
//!
//! In: the bytes of a profile, written by anybody. Out: a [`Profile`], which tells whether it says anything else than sRGB,
//! and a [`Transform`] of pixels to sRGB. What is computed here reaches pixels, so all of it is sums, products and quotients
//! of `f64`, which are the same everywhere, and the pixels themselves are converted in integers. Powers are computed by
//! [`power`]: those of the system are not.

mod curve;
mod hdr;
mod lut;
mod matrix;
mod power;
mod profile;
mod read;
mod transform;
pub(in crate::image) mod write;

pub(in crate::image) use curve::{Curve, srgb_of_linear};
pub(in crate::image) use hdr::Transfer;
pub(in crate::image) use profile::{Device, LONGEST, Profile};
pub(in crate::image) use transform::Transform;

/// What the channels of pixels are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::image) enum Model {
    /// One, from black to white.
    Gray,
    /// Red, green, blue; also when they are written as Y'CbCr.
    Rgb,
    /// Cyan, magenta, yellow, black.
    Cmyk,
    /// CIE L\*a\*b\*.
    Lab,
}
