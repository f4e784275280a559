//! JPEG (ITU-T T.81).

#![deny(missing_docs)]

mod attachments;
mod decode;
mod encode;
mod error;
mod layout;
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
pub use decode::{DEEPEST, Damage, Decoded, Levels, Samples};
pub use encode::{Coding, Effort, Encoder};
pub use error::Error;
pub use layout::{ColorModel, Component, Layout};
pub use orientation::Orientation;
pub use parallel::{Parallelism, Sequential};
pub use picture::decode;
pub use plane::{Axis, Density, Placing, Plane, resample, zeroed};
pub use requantize::{Job, Requantized};
#[cfg(feature = "kernels")]
pub use simd::kernels;
pub use simd::{BLOCK, Block, Steps};
pub use size::Size;
pub use strip::strip;
