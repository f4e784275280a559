//! Kernels, compiled for what the CPU can do.
//!
//! Each kernel is written once as its specification: loops over fixed numbers of lanes that compilers turn into vector code, for
//! AArch64 among others. For x86-64 with AVX2 the same is written again with that processor's instructions, or the same text is compiled
//! again, and chosen at run time. All of it is integer arithmetic, so every choice gives the same bits. This is the only
//! place in the crate with `unsafe`: entering a function that needs a CPU feature, and loads and stores of vectors.

#![cfg_attr(
    target_arch = "x86_64",
    expect(
        unsafe_code,
        reason = "calling functions that need a CPU feature, after asking the CPU for it; loads and stores"
    )
)]

#[cfg(target_arch = "x86_64")]
mod avx2;
mod block;
#[cfg(target_arch = "x86_64")]
mod cpu;
mod dispatch;
mod forward;
mod inverse;
mod inverse_wide;
#[cfg(feature = "kernels")]
pub mod kernels;
mod occupied;
mod resample;
mod sums;

pub use block::{BLOCK, Block, Steps};
pub(crate) use dispatch::{Job, along, down, forward, inverse, inverse_half, run};
pub(crate) use forward::{Quantized, Quantizer};
pub(crate) use inverse::{Extent, inverse_eighth, inverse_quarter};
pub(crate) use inverse_wide::inverse_wide;
pub(crate) use occupied::occupied;
pub(crate) use sums::{Along, WEIGHT_BITS};

#[cfg(test)]
mod tests;
