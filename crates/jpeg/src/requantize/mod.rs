//! From a JPEG file to one of the same size with fewer bytes, without pixels: coefficients are read, quantized more coarsely, turned,
//! and written again, with the sampling that they have.
//!
//! Nothing is rounded to samples in between, so the result is nearer to the source than what is encoded again from pixels, and it costs
//! less. Whose coefficients are written again, [`suits`](suits::suits) tells. What a recipe, a plan or a profile is, is not known here.

mod job;
mod kernel;
mod picture;
mod shelf;
mod shift;
mod steps;
mod suits;
#[cfg(test)]
mod tests;
mod turn;

pub use job::Job;
pub use picture::Requantized;
pub(crate) use suits::suits;
