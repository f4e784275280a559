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
pub(crate) mod source;
pub(crate) mod tag;
mod transform;
pub(crate) mod write;

pub(crate) use curve::{Curve, srgb_of_linear};
pub(crate) use hdr::Transfer;
pub(crate) use profile::{Device, LONGEST, Profile};
pub(crate) use transform::Transform;

/// What the channels of pixels are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Model {
    /// One, from black to white.
    Gray,
    /// Red, green, blue; also when they are written as Y'CbCr.
    Rgb,
    /// Cyan, magenta, yellow, black.
    Cmyk,
    /// CIE L\*a\*b\*.
    Lab,
}
