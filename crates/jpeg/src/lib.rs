//! JPEG (ITU-T T.81).

#![deny(missing_docs)]

mod attachments;
mod check;
mod decode;
mod encode;
mod error;
mod header;
pub mod limits;
pub mod markers;
#[cfg(test)]
mod noise;
mod orientation;
mod parallel;
mod picture;
mod plane;
#[cfg(test)]
mod real_files;
mod requantize;
mod simd;
mod sine;
mod size;
mod strip;
mod zigzag;

pub use attachments::Attachments;
pub use check::check_size;
pub use decode::{DEEPEST, Damage, Decoded, Levels, Request};
pub use encode::{Coding, Effort, Encoder};
pub use error::Error;
pub use header::{ColorModel, ComponentHeader, Header};
pub use orientation::Orientation;
pub use parallel::{Parallelism, Sequential};
pub use picture::{CoefficientRow, decode, decode_with, read_coefficients, requantize};
pub use plane::{Axis, Density, Placing, Plane, resample, zeroed};
pub use requantize::{Recoding, Requantizer};
#[cfg(feature = "kernels")]
pub use simd::kernels;
pub use simd::{BLOCK, Block, Steps};
pub use size::Size;
pub use strip::strip;
