//! Weighted sums along rows: which numbers each sample takes, and with which weights.

#[cfg(target_arch = "x86_64")]
use super::avx2::packed::Packed;

/// Bits of a weight behind the point.
pub(crate) const WEIGHT_BITS: i32 = 14;

/// Bits behind the point of what comes out of [`down`] and goes into [`Along`].
pub(crate) const KEPT_BITS: i32 = 6;

/// What is to be done along rows.
#[derive(Debug, Clone)]
pub(crate) struct Along {
    /// Weights of each sample that is made.
    pub(super) taps: usize,
    /// For each of them the first number of the row that it takes.
    pub(super) starts: Vec<u32>,
    /// `taps` for each of them.
    pub(super) weights: Vec<i16>,
    /// Numbers that a row has to have.
    pub(super) reach: usize,
    /// The weights for kernels that make several at once.
    #[cfg(target_arch = "x86_64")]
    pub(super) packed: Packed,
}

/// So many numbers, of any value, have to stand behind each row beside those that weights refer to.
const PADDING: usize = 16;

impl Along {
    /// For each sample that is made, where it starts to take numbers, and `taps` weights, which is an even number.
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

    /// Numbers that a row has to have, with the padding.
    pub(crate) fn reach(&self) -> usize {
        self.reach
    }

    /// How many samples are made.
    pub(crate) fn count(&self) -> usize {
        self.starts.len()
    }
}
