//! Decoding: from the bytes of a JPEG file to the planes of its components, each at its stored size: nothing is upsampled, and no colour
//! is converted.
//!
//! It reads sequential and progressive frames with Huffman codes, of 8 or 12 bits a sample, with any sampling factors. A damaged file is
//! decoded as far as possible: from restart marker to restart marker, or from scan to scan. Missing parts are gray.

mod band;
mod bits;
mod coefficients;
mod damage;
mod decoder;
mod frame;
mod huffman;
mod progression;
mod progressive;
mod restarts;
mod rows;
mod samples;
mod scan;
mod scans;
mod sequential;
mod standard;
mod stop;
mod stream;
mod tables;
#[cfg(test)]
mod tests;
mod walk;

pub use damage::Damage;
pub use decoder::Decoded;
pub(crate) use decoder::{coefficients, decode, keeps_all};
pub(crate) use frame::Frame;
pub use rows::CoefficientRow;
pub(crate) use rows::CoefficientSink;
pub use samples::{DEEPEST, Levels, Request};
