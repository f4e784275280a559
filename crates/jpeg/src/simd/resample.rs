//! Weighted sums of samples, down columns and along rows: the specification.
//!
//! In: rows of samples, and weights with [`WEIGHT_BITS`] fractional bits. Between both directions numbers have 16 bits, of which
//! [`KEPT_BITS`] are fractional, so that only one rounding is visible. Sums fit into 32 bits as long as the absolute weights of a sample
//! sum up to two at most.

use super::sums::{Along, KEPT_BITS, WEIGHT_BITS};

/// Computes for each number of `out` the sum of the samples in its column times the weights of their rows. Rows are at least as long as
/// `out`; there are as many rows as weights.
#[inline(always)]
pub(crate) fn down(rows: &[&[u8]], weights: &[i16], out: &mut [i16]) {
    down_from(0, rows, weights, out);
}

/// [`down`] for all columns from `first` on.
#[inline(always)]
pub(super) fn down_from(first: usize, rows: &[&[u8]], weights: &[i16], out: &mut [i16]) {
    /// Number of columns that are summed at a time.
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

/// Computes for each sample of `out` the sum of its numbers of the row times their weights.
#[inline(always)]
pub(crate) fn along(row: &[i16], along: &Along, out: &mut [u8]) {
    along_from(0, row, along, out);
}

/// [`along`] for all samples from `first` on.
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
