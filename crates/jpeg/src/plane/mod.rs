//! Operations on one component of a picture at a time: halving, resampling, turning.
//!
//! In: 8-bit samples of one component. Out: the same on another grid. All arithmetic is in integers, with the same result on every
//! machine. Must not know the meaning of the samples.

mod halve;
pub(crate) mod lanczos;
pub(crate) mod placing;
#[expect(clippy::module_inception, reason = "the concept bears the name of its folder")]
mod plane;
pub(crate) mod resample;
mod turn;

pub use placing::Placing;
pub use plane::{Density, Plane, zeroed};
pub use resample::{Axis, resample};
