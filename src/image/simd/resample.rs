//! Weighted sums of samples, down columns and along rows: the specification.
//!
//! In: rows of samples and weights of [`WEIGHT_BITS`] behind the point. Between both directions numbers have 16 bits, [`KEPT_BITS`]
//! of them behind the point, so that only one rounding is seen. Sums fit into 32 bits as long as the weights of a sample sum
//! up to no more than two, without their signs.

/// Bits of a weight behind the point.
pub(in crate::image) const WEIGHT_BITS: i32 = 14;

/// Bits behind the point of what comes out of [`down`] and goes into [`Along`].
pub(in crate::image) const KEPT_BITS: i32 = 6;

/// For each number of `out` the sum of the samples in its column times the weights of their rows. Rows are at least as long as
/// `out`, and as many as weights.
#[inline(always)]
pub(in crate::image) fn down(rows: &[&[u8]], weights: &[i16], out: &mut [i16]) {
    down_from(0, rows, weights, out);
}

/// [`down`] for all columns from one on.
#[inline(always)]
pub(super) fn down_from(first: usize, rows: &[&[u8]], weights: &[i16], out: &mut [i16]) {
    /// Columns whose sums are in the making at a time.
    const COLUMNS: usize = 32;
    let length = out.len();
    for (number, out) in out[first..].chunks_mut(COLUMNS).enumerate() {
        let start = first + number * COLUMNS;
        let end = (start + COLUMNS).min(length);
        let mut sums = [1_i32 << (WEIGHT_BITS - KEPT_BITS - 1); COLUMNS];
        for (row, weight) in rows.iter().zip(weights) {
            for (sum, sample) in sums.iter_mut().zip(&row[start..end]) {
                *sum += i32::from(*sample) * i32::from(*weight);
            }
        }
        for (out, sum) in out.iter_mut().zip(sums) {
            *out = (sum >> (WEIGHT_BITS - KEPT_BITS)).clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
        }
    }
}

/// What is to be done along rows.
#[derive(Debug, Clone)]
pub(in crate::image) struct Along {
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
    pub(super) packed: super::avx2::resample::Packed,
}

/// So many numbers, of any value, have to stand behind each row beside those that weights refer to.
const PADDING: usize = 16;

impl Along {
    /// For each sample that is made, where it starts to take numbers, and `taps` weights, which is an even number.
    pub(in crate::image) fn new(taps: usize, starts: Vec<u32>, weights: Vec<i16>) -> Self {
        let reach = starts.iter().max().map_or(0, |start| *start as usize + taps) + PADDING;
        Self {
            #[cfg(target_arch = "x86_64")]
            packed: super::avx2::resample::Packed::new(taps, &starts, &weights),
            taps,
            starts,
            weights,
            reach,
        }
    }

    /// Numbers that a row has to have, with the padding.
    pub(in crate::image) fn reach(&self) -> usize {
        self.reach
    }

    /// How many samples are made.
    pub(in crate::image) fn count(&self) -> usize {
        self.starts.len()
    }
}

/// For each sample of `out` the sum of the numbers that it takes of the row times their weights.
#[inline(always)]
pub(in crate::image) fn along(row: &[i16], along: &Along, out: &mut [u8]) {
    along_from(0, row, along, out);
}

/// [`along`] for all samples from one on.
#[inline(always)]
pub(super) fn along_from(first: usize, row: &[i16], along: &Along, out: &mut [u8]) {
    const SHIFT: i32 = WEIGHT_BITS + KEPT_BITS;
    let places = along.starts.iter().zip(along.weights.chunks_exact(along.taps)).zip(out);
    for ((start, weights), out) in places.skip(first) {
        let numbers = &row[*start as usize..][..along.taps];
        let products = numbers.iter().zip(weights).map(|(number, weight)| i32::from(*number) * i32::from(*weight));
        let sum = (1 << (SHIFT - 1)) + products.sum::<i32>();
        *out = (sum >> SHIFT).clamp(0, 255) as u8;
    }
}
