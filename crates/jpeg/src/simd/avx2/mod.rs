//! Kernels for x86-64 with AVX2, lane by lane what the specifications beside this folder say.
//!
//! They are safe functions that need a CPU feature; loads and stores, the only steps that take pointers, go through arrays of the
//! right length.

pub(super) mod forward;
pub(super) mod inverse;
pub(super) mod packed;
pub(super) mod resample;
mod transpose;
mod vectors;
