//! Requantization: from a JPEG file to one of the same size with fewer bytes, without decoding pixels. Coefficients are read, quantized
//! more coarsely, turned, and written again, with their sampling.
//!
//! Nothing is rounded to samples in between, so the result is nearer to the source than one encoded again from pixels, and it costs less.
//! [`suits`](suits::suits) decides whether a file is supported. Must not know recipes, plans or profiles.

mod kernel;
mod picture;
mod recoding;
mod shelf;
mod shift;
mod steps;
mod suits;
#[cfg(test)]
mod tests;
mod turn;

pub use picture::Requantizer;
pub use recoding::Recoding;
pub(crate) use suits::suits;
