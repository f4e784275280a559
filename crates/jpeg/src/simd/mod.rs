//! Kernels, compiled for the features of the CPU.
//!
//! Each kernel is written once as its specification: loops over fixed numbers of lanes that compilers turn into vector code, for AArch64
//! among others. For x86-64 with AVX2 it is either written again with that processor's instructions, or the same source is compiled
//! again; the choice is made at run time. All arithmetic is in integers, so every choice gives the same bits. This is the only place in
//! the crate with `unsafe`: for calls of functions that need a CPU feature, and for loads and stores of vectors.

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
