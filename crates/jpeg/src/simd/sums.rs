//! Parameters of weighted sums along rows: the numbers that each sample depends on, and their weights.

#[cfg(target_arch = "x86_64")]
use super::avx2::packed::Packed;

/// Number of fractional bits of a weight.
pub(crate) const WEIGHT_BITS: i32 = 14;

/// Number of fractional bits of the output of `down`, which is the input of [`Along`].
pub(crate) const KEPT_BITS: i32 = 6;

/// Weighted sums along rows.
#[derive(Debug, Clone)]
pub(crate) struct Along {
    /// Number of weights per sample.
    pub(super) taps: usize,
    /// First number of the row for each sample.
    pub(super) starts: Vec<u32>,
    /// `taps` weights for each sample.
    pub(super) weights: Vec<i16>,
    /// Length that a row must have.
    pub(super) reach: usize,
    /// The weights, rearranged for kernels that compute several samples at once.
    #[cfg(target_arch = "x86_64")]
    pub(super) packed: Packed,
}

/// Length of the padding, of any values, after the numbers that weights refer to.
const PADDING: usize = 16;

impl Along {
    /// Sums with these starts, one per sample, and `taps` weights for each; `taps` is even.
    pub(crate) fn new(taps: usize, starts: Vec<u32>, weights: Vec<i16>) -> Self {
        let reach = starts.iter().max().map_or(0, |start| *start as usize + taps) + PADDING;
        Self {
            #[cfg(target_arch = "x86_64")]
            packed: Packed::new(taps, &starts, &weights),
            taps,
            starts,
            weights,
            reach,
        }
    }

    /// Returns the length that a row must have, including the padding.
    pub(crate) fn reach(&self) -> usize {
        self.reach
    }

    /// Returns the number of samples.
    pub(crate) fn count(&self) -> usize {
        self.starts.len()
    }
}
