//! Kernels for x86-64 with AVX2, which follow the specifications beside this folder lane by lane.
//!
//! They are safe functions that need a CPU feature. Loads and stores are the only steps that use pointers; they go through arrays of the
//! right length.

pub(super) mod forward;
pub(super) mod inverse;
pub(super) mod packed;
pub(super) mod resample;
mod transpose;
mod vectors;
