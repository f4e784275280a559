//! Weighted sums of samples, down columns and along rows: the specification.
//!
//! In: rows of samples and weights of [`WEIGHT_BITS`] behind the point. Between both directions numbers have 16 bits, [`KEPT_BITS`]
//! of them behind the point, so that only one rounding is seen. Sums fit into 32 bits as long as the weights of a sample sum
//! up to no more than two, without their signs.

use super::sums::{Along, KEPT_BITS, WEIGHT_BITS};

/// For each number of `out` the sum of the samples in its column times the weights of their rows. Rows are at least as long as
/// `out`, and as many as weights.
#[inline(always)]
pub(crate) fn down(rows: &[&[u8]], weights: &[i16], out: &mut [i16]) {
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

/// For each sample of `out` the sum of the numbers that it takes of the row times their weights.
#[inline(always)]
pub(crate) fn along(row: &[i16], along: &Along, out: &mut [u8]) {
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
