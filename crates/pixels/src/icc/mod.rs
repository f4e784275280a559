//! Colour profiles (ICC.1): the meaning of a picture's numbers, and their conversion to sRGB.
//!
//! In: the bytes of a profile from an untrusted source. Out: a [`Profile`], which can be compared with sRGB,
//! and a [`Transform`] of pixels to sRGB. The results reach pixels, so all computations are sums, products and quotients
//! of `f64`, which are the same everywhere, and the pixels themselves are converted in integers. Powers are computed by
//! [`power`], because those of the system differ.

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

/// Meaning of the channels of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Model {
    /// One channel, from black to white.
    Gray,
    /// Red, green, blue; also when stored as Y'CbCr.
    Rgb,
    /// Cyan, magenta, yellow, black.
    Cmyk,
    /// CIE L\*a\*b\*.
    Lab,
}
