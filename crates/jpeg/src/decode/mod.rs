//! From the bytes of a JPEG file to the planes of its components, each at the size it is stored in: nothing is upsampled and no
//! colour is converted.
//!
//! Sequential and progressive frames with Huffman codes are read, of 8 or 12 bits a sample, with any sampling factors. A damaged
//! file gives what is there of it: from restart marker to restart marker, or from scan to scan. What is missing is gray.

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
pub(crate) use rows::CoefficientSink;
pub use samples::{DEEPEST, Levels, Request};
