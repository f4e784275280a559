//! From a JPEG file to one of the same size with fewer bytes, without pixels: coefficients are read, quantized more coarsely, turned,
//! and written again, with the sampling that they have.
//!
//! Nothing is rounded to samples in between, so the result is nearer to the source than what is encoded again from pixels, and it costs
//! less. Whose coefficients are written again, [`suits`](suits::suits) tells. What a recipe, a plan or a profile is, is not known here.

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
