//! A JPEG codec (ITU-T T.81) for programs that make many sizes of many photographs.
//!
//! Decode at a quarter of the size, which costs a fraction of the full size, and encode the result:
//!
//! ```
//! use std::borrow::Cow;
//!
//! use cimaise_jpeg::{Attachments, Coding, Effort, Encoder, Header, Request, Sequential, decode};
//!
//! # fn main() -> Result<(), cimaise_jpeg::Error> {
//! # let file = cimaise_jpeg::Encoder::new().encode(
//! #     Cow::Owned(vec![cimaise_jpeg::Plane::new(64, 48, [cimaise_jpeg::Density::FULL; 2])?]),
//! #     Coding { quality: 90, progressive: false, effort: Effort::Fast },
//! #     &Attachments::default(),
//! # )?;
//! # let bytes = &file[..];
//! let header = Header::read(bytes)?;
//! let request = Request { levels: &[2], half_chroma: true, ..Request::default() };
//! let decoded = decode(bytes, &header, &request, &Sequential)?;
//!
//! let (_, planes) = &decoded.levels[0];
//! let coding = Coding { quality: 75, progressive: true, effort: Effort::Balanced };
//! let small = Encoder::new().encode(Cow::Borrowed(planes), coding, &Attachments::default())?;
//! assert_eq!(Header::read(&small)?.size.width, header.size.width.div_ceil(4));
//! # Ok(())
//! # }
//! ```
//!
//! Turn a picture upright and make its file smaller, without decoding pixels:
//!
//! ```
//! use cimaise_jpeg::{Attachments, Coding, Effort, Header, Orientation, Recoding, Sequential, requantize};
//!
//! # fn main() -> Result<(), cimaise_jpeg::Error> {
//! # let file = cimaise_jpeg::Encoder::new().encode(
//! #     std::borrow::Cow::Owned(vec![cimaise_jpeg::Plane::new(64, 48, [cimaise_jpeg::Density::FULL; 2])?]),
//! #     Coding { quality: 90, progressive: false, effort: Effort::Fast },
//! #     &Attachments::default(),
//! # )?;
//! # let bytes = &file[..];
//! let header = Header::read(bytes)?;
//! let coding = Coding { quality: 80, progressive: true, effort: Effort::Balanced };
//! let recoding = Recoding { turn: Orientation::from_exif(6), coding };
//! let upright = requantize(bytes, &header, recoding, &Attachments::default(), &Sequential)?;
//! assert_eq!(Header::read(&upright)?.size, recoding.turn.apply(header.size));
//! # Ok(())
//! # }
//! ```
//!
//! # What it does
//!
//! - [`decode()`] returns the [planes](Plane) of a picture as they are stored, at the full size, a half, a quarter or an eighth, or
//!   [resampled](Placing) to any size while rows are decoded. It upsamples nothing and converts no colours.
//! - [`Encoder`] writes gray pictures, and Y'CbCr pictures whose chroma has half the size (4:2:0). [`Request::half_chroma`] brings 4:4:4 to
//!   that sampling, and a [`Placing`] any other.
//! - [`requantize()`] writes the coefficients of a file again, with coarser steps, turned, with the sampling of the source.
//!   [`decode_with`] does so while it decodes, so that the file is read once.
//! - [`strip()`] replaces the metadata of a file; [`markers`] iterates over its segments.
//! - [`read_coefficients`] hands on the coefficients themselves.
//!
//! # What it reads and writes
//!
//! It reads sequential and progressive files with Huffman codes, of 8 or 12 bits a sample, with 1, 3 or 4 components and any sampling
//! factors. It refuses arithmetic coding, lossless and hierarchical files with [`Error::Unsupported`]. It writes 8 bits a sample,
//! sequential or progressive, with Huffman codes that are optimal for the picture.
//!
//! # What it guarantees
//!
//! - **The same bytes everywhere.** All arithmetic on samples and coefficients is in integers. Results do not depend on the CPU, on
//!   [`Parallelism`], or on the rest of the request. The kernels for AVX2 are tested bit for bit against portable code, which specifies
//!   them.
//! - **Bounded memory.** Sizes are checked against the [limits] before anything is allocated, and an allocation that fails is
//!   [`Error::TooMuchMemory`]. Decoding keeps a row of coefficients, unless a progressive file has more than 128 scans
//!   ([`Header::keeps_coefficients`]); then it keeps two bytes for each coefficient. Each scan of a progressive file also needs a reader,
//!   which keeps its place in the file. The planes of the request come on top.
//! - **Bounded time.** A file that repeats scans without end is refused.
//! - **No panic, whatever the file.** A damaged file is decoded as far as possible; [`Decoded::damage`] is the missing share.
//! - **No threads, clocks or files.** Callers that have threads lend them through [`Parallelism`].
//! - **`unsafe` code only in the kernels**, to call functions that need a CPU feature, and for loads and stores of vectors.
//!
//! # Features
//!
//! `serde` implements `Serialize` and `Deserialize` for [`Size`], [`Orientation`], [`Effort`] and [`Damage`].

#![deny(missing_docs)]
#![deny(unsafe_code)]

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
mod requantize;
mod simd;
mod sine;
mod size;
mod strip;
mod zigzag;

pub use attachments::Attachments;
pub use check::check_size;
pub use decode::{CoefficientRow, DEEPEST, Damage, Decoded, Levels, Request};
pub use encode::{Coding, Effort, Encoder};
pub use error::Error;
pub use header::{ColorModel, ComponentHeader, Header};
pub use orientation::Orientation;
pub use parallel::{Parallelism, Sequential};
pub use picture::{decode, decode_with, read_coefficients, requantize};
pub use plane::{Axis, Density, Placing, Plane, resample, zeroed};
pub use requantize::{Recoding, Requantizer};
#[cfg(feature = "kernels")]
#[doc(hidden)]
pub use simd::kernels;
pub use simd::{BLOCK, Block, Steps};
pub use size::Size;
pub use strip::strip;
