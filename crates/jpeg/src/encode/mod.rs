//! Encoding: from planes to the bytes of a JPEG file, as gray or as Y'CbCr with chroma of full size (4:4:4) or half the size on both
//! sides (4:2:0); or from coefficients, with any sampling.
//!
//! Planes are transformed and quantized row by row, and each row becomes tokens for all its scans at once, so little memory is needed. A
//! sequential file has one scan, a progressive one several; each scan has optimal Huffman codes. All arithmetic is in integers, so the
//! bytes are the same on every machine.

mod band;
mod bits;
mod coding;
mod component;
mod encoder;
mod first;
mod frame;
mod further;
mod huffman;
mod interleaved;
mod row;
mod run;
mod script;
mod segments;
mod tables;
#[cfg(test)]
mod tests;
mod tokens;
mod trellis;
mod write;

pub use coding::{Coding, Effort};
pub(crate) use component::CodedComponent;
pub use encoder::Encoder;
pub(crate) use frame::WrittenChroma;
pub(crate) use tables::quantization;
pub(crate) use write::write;
