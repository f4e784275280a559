//! `down` and `along`: 32 columns at a time, and eight samples of a row.

use std::arch::x86_64::*;

use super::super::resample::{Along, KEPT_BITS, WEIGHT_BITS, along_from, down_from};
use super::{load8, load16, load16_i16, pairs, store16_i16};

const SHIFT: i32 = WEIGHT_BITS + KEPT_BITS;

/// See `resample::down`.
#[target_feature(enable = "avx2")]
pub(in super::super) fn down(rows: &[&[u8]], weights: &[i16], out: &mut [i16]) {
    const COLUMNS: usize = 32;
    /// More rows than a reduction to a quarter takes, which is more than is ever asked for.
    const MOST: usize = 26;
    let mut lines: [&[[u8; COLUMNS]]; MOST] = [&[]; MOST];
    let Some(lines) = lines.get_mut(..rows.len()) else {
        return down_from(0, rows, weights, out);
    };
    for (line, row) in lines.iter_mut().zip(rows) {
        *line = row.as_chunks().0;
    }
    let half = _mm256_set1_epi32(1 << (WEIGHT_BITS - KEPT_BITS - 1));
    let (line_pairs, line_odd) = lines.as_chunks::<2>();
    let (weight_pairs, weight_odd) = weights.as_chunks::<2>();
    for (number, out) in out.as_chunks_mut::<COLUMNS>().0.iter_mut().enumerate() {
        let mut sums = [half; 4];
        for ([a, b], weights) in line_pairs.iter().zip(weight_pairs) {
            add_rows(&mut sums, &a[number], &b[number], pairs(*weights));
        }
        if let ([a], [weight]) = (line_odd, weight_odd) {
            add_rows(&mut sums, &a[number], &[0; COLUMNS], pairs([*weight, 0]));
        }
        let (first, second) = out.split_at_mut(16);
        for (out, sums) in [first, second].into_iter().zip(sums.as_chunks::<2>().0) {
            let low = _mm256_srai_epi32(sums[0], WEIGHT_BITS - KEPT_BITS);
            let high = _mm256_srai_epi32(sums[1], WEIGHT_BITS - KEPT_BITS);
            if let Some(out) = out.first_chunk_mut() {
                store16_i16(out, _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0b11_01_10_00));
            }
        }
    }
    down_from(out.len() / COLUMNS * COLUMNS, rows, weights, out);
}

/// Adds 32 columns of two rows, times a factor for each row.
#[target_feature(enable = "avx2")]
#[inline]
fn add_rows(sums: &mut [__m256i; 4], a: &[u8; 32], b: &[u8; 32], factors: __m256i) {
    for half in 0..2 {
        let (a, b) = (load16(&a.as_chunks().0[half]), load16(&b.as_chunks().0[half]));
        let low = _mm256_madd_epi16(widened(_mm_unpacklo_epi8(a, b)), factors);
        let high = _mm256_madd_epi16(widened(_mm_unpackhi_epi8(a, b)), factors);
        sums[2 * half] = _mm256_add_epi32(sums[2 * half], low);
        sums[2 * half + 1] = _mm256_add_epi32(sums[2 * half + 1], high);
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn widened(bytes: __m128i) -> __m256i {
    _mm256_cvtepu8_epi16(bytes)
}

/// Weights in the order in which they are multiplied.
#[derive(Debug, Clone)]
pub(in super::super) enum Packed {
    /// Where four samples take their first pairs of numbers from the same eight numbers: such fours, two at once.
    Near {
        /// Each eight samples.
        eights: Vec<Eight>,
        /// For each eight and each pair of taps, two weights of each sample.
        weights: Vec<[i16; 16]>,
        /// Half the taps.
        pairs: usize,
    },
    /// Where two neighbours take their first four numbers from the same eight: such twos, two at once.
    Spread {
        /// Each eight samples.
        eights: Vec<SpreadEight>,
        /// For each eight and each four taps: four weights of samples 0, 1, 4 and 5, and of samples 2, 3, 6 and 7.
        weights: Vec<[[i16; 16]; 2]>,
        /// A quarter of the taps, rounded up.
        fours: usize,
    },
    /// Anywhere: sample by sample, eight numbers at a time.
    Apart {
        /// For each sample its weights, filled up with zeros.
        weights: Vec<[i16; 8]>,
        /// So many times eight.
        times: usize,
    },
}

/// Eight samples that are made at once.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Eight {
    /// Where either four starts to take numbers.
    starts: [u32; 2],
    /// Which bytes of the eight numbers from there on are the first pair of each sample.
    bytes: [[u8; 16]; 2],
}

/// The same of samples that are spread more widely.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct SpreadEight {
    /// Where each two start to take numbers.
    starts: [u32; 4],
    /// Which bytes of the eight numbers from there on are the first four of each sample.
    bytes: [[u8; 16]; 4],
}

impl Packed {
    /// `taps` weights for each of the `starts`; an even number.
    pub(in super::super) fn new(taps: usize, starts: &[u32], weights: &[i16]) -> Self {
        let packed = Self::near(taps, starts, weights).or_else(|| Self::spread(taps, starts, weights));
        packed.unwrap_or_else(|| {
            let times = taps.div_ceil(8);
            let mut padded = vec![[0; 8]; times * starts.len()];
            for (sample, eights) in weights.chunks_exact(taps).zip(padded.chunks_exact_mut(times)) {
                for (eight, weights) in eights.iter_mut().zip(sample.chunks(8)) {
                    eight[..weights.len()].copy_from_slice(weights);
                }
            }
            Self::Apart { weights: padded, times }
        })
    }

    /// `None` if four samples are too far apart for that somewhere.
    fn near(taps: usize, starts: &[u32], all: &[i16]) -> Option<Self> {
        let (mut eights, mut weights) = (Vec::new(), Vec::new());
        for (starts, all) in starts.as_chunks::<8>().0.iter().zip(all.chunks_exact(8 * taps)) {
            let mut eight = Eight { starts: [starts[0], starts[4]], bytes: [[0; 16]; 2] };
            for (sample, start) in starts.iter().enumerate() {
                let offset = start.checked_sub(eight.starts[sample / 4]).filter(|offset| *offset <= 6)? as u8;
                for byte in 0..4 {
                    eight.bytes[sample / 4][sample % 4 * 4 + byte] = 2 * offset + byte as u8;
                }
            }
            eights.push(eight);
            for pair in 0..taps / 2 {
                weights.push(std::array::from_fn(|at| all[at / 2 * taps + 2 * pair + at % 2]));
            }
        }
        Some(Self::Near { eights, weights, pairs: taps / 2 })
    }

    /// `None` if two samples are too far apart for that somewhere.
    fn spread(taps: usize, starts: &[u32], all: &[i16]) -> Option<Self> {
        let (mut eights, mut weights, fours) = (Vec::new(), Vec::new(), taps.div_ceil(4));
        for (starts, all) in starts.as_chunks::<8>().0.iter().zip(all.chunks_exact(8 * taps)) {
            let mut eight = SpreadEight { starts: [0, 2, 4, 6].map(|sample| starts[sample]), bytes: [[0; 16]; 4] };
            for (sample, start) in starts.iter().enumerate() {
                let offset = start.checked_sub(eight.starts[sample / 2]).filter(|offset| *offset <= 4)? as u8;
                for byte in 0..8 {
                    eight.bytes[sample / 2][sample % 2 * 8 + byte] = 2 * offset + byte as u8;
                }
            }
            eights.push(eight);
            for four in 0..fours {
                let weight = |sample: usize, tap: usize| if tap < taps { all[sample * taps + tap] } else { 0 };
                weights.push(
                    [[0, 1, 4, 5], [2, 3, 6, 7]]
                        .map(|samples| std::array::from_fn(|at| weight(samples[at / 4], 4 * four + at % 4))),
                );
            }
        }
        Some(Self::Spread { eights, weights, fours })
    }
}

/// See `resample::along`.
#[target_feature(enable = "avx2")]
pub(in super::super) fn along(row: &[i16], along: &Along, out: &mut [u8]) {
    // Kernels read eight numbers at a time, of which those behind a sample's last weigh nothing; they are in the padding.
    assert!(row.len() >= along.reach, "a row is as long as its weights reach");
    let done = match &along.packed {
        Packed::Near { eights, weights, pairs } => along_near(row, eights, weights, *pairs, out),
        Packed::Spread { eights, weights, fours } => along_spread(row, eights, weights, *fours, out),
        Packed::Apart { weights, times } => along_apart(row, &along.starts, weights, *times, out),
    };
    along_from(done, row, along, out);
}

/// How many samples were made.
#[target_feature(enable = "avx2")]
#[inline]
fn along_near(row: &[i16], eights: &[Eight], weights: &[[i16; 16]], pairs: usize, out: &mut [u8]) -> usize {
    let half = _mm256_set1_epi32(1 << (SHIFT - 1));
    for ((eight, weights), out) in eights.iter().zip(weights.chunks_exact(pairs)).zip(out.as_chunks_mut::<8>().0) {
        let bytes = both(load16(&eight.bytes[0]), load16(&eight.bytes[1]));
        let [a, b] = [eight.starts[0] as usize, eight.starts[1] as usize];
        let mut sum = half;
        for (pair, weights) in weights.iter().enumerate() {
            // SAFETY: `along` has seen that the row is as long as that.
            let numbers = unsafe { both(load8_at(row, a + 2 * pair), load8_at(row, b + 2 * pair)) };
            let chosen = _mm256_shuffle_epi8(numbers, bytes);
            sum = _mm256_add_epi32(sum, _mm256_madd_epi16(chosen, load16_i16(weights)));
        }
        *out = samples(sum);
    }
    eights.len() * 8
}

/// How many samples were made.
#[target_feature(enable = "avx2")]
#[inline]
fn along_spread(
    row: &[i16],
    eights: &[SpreadEight],
    weights: &[[[i16; 16]; 2]],
    fours: usize,
    out: &mut [u8],
) -> usize {
    let half = _mm256_set1_epi32(1 << (SHIFT - 1));
    for ((eight, weights), out) in eights.iter().zip(weights.chunks_exact(fours)).zip(out.as_chunks_mut::<8>().0) {
        let bytes = [0, 1].map(|two| both(load16(&eight.bytes[two]), load16(&eight.bytes[two + 2])));
        let starts = eight.starts.map(|start| start as usize);
        let mut sums = [_mm256_setzero_si256(); 2];
        for (four, weights) in weights.iter().enumerate() {
            for (two, sum) in sums.iter_mut().enumerate() {
                let [a, b] = [starts[two] + 4 * four, starts[two + 2] + 4 * four];
                // SAFETY: `along` has seen that the row is as long as that.
                let numbers = unsafe { both(load8_at(row, a), load8_at(row, b)) };
                let chosen = _mm256_shuffle_epi8(numbers, bytes[two]);
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(chosen, load16_i16(&weights[two])));
            }
        }
        *out = samples(_mm256_add_epi32(_mm256_hadd_epi32(sums[0], sums[1]), half));
    }
    eights.len() * 8
}

/// Eight sums as samples.
#[target_feature(enable = "avx2")]
#[inline]
fn samples(sum: __m256i) -> [u8; 8] {
    let sum = _mm256_srai_epi32(sum, SHIFT);
    let packed = _mm256_packs_epi32(sum, sum);
    let packed = _mm256_packus_epi16(packed, packed);
    let both = _mm_unpacklo_epi32(_mm256_castsi256_si128(packed), _mm256_extracti128_si256(packed, 1));
    _mm_cvtsi128_si64(both).to_ne_bytes()
}

/// How many samples were made.
#[target_feature(enable = "avx2")]
#[inline]
fn along_apart(row: &[i16], starts: &[u32], weights: &[[i16; 8]], times: usize, out: &mut [u8]) -> usize {
    let half = _mm_set1_epi32(1 << (SHIFT - 1));
    let (fours, _) = starts.as_chunks::<4>();
    for ((starts, weights), out) in fours.iter().zip(weights.chunks_exact(4 * times)).zip(out.as_chunks_mut::<4>().0) {
        let mut sums = [_mm_setzero_si128(); 4];
        for ((sum, start), weights) in sums.iter_mut().zip(starts).zip(weights.chunks_exact(times)) {
            for (time, weights) in weights.iter().enumerate() {
                // SAFETY: `along` has seen that the row is as long as that.
                let numbers = unsafe { load8_at(row, *start as usize + 8 * time) };
                *sum = _mm_add_epi32(*sum, _mm_madd_epi16(numbers, load8(weights)));
            }
        }
        let pairs = [_mm_hadd_epi32(sums[0], sums[1]), _mm_hadd_epi32(sums[2], sums[3])];
        let sum = _mm_srai_epi32(_mm_add_epi32(_mm_hadd_epi32(pairs[0], pairs[1]), half), SHIFT);
        let packed = _mm_packs_epi32(sum, sum);
        *out = _mm_cvtsi128_si32(_mm_packus_epi16(packed, packed)).to_ne_bytes();
    }
    fours.len() * 4
}

#[target_feature(enable = "avx2")]
#[inline]
fn both(low: __m128i, high: __m128i) -> __m256i {
    _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1)
}

/// Eight numbers of a row.
///
/// # Safety
/// They have to be in the row.
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn load8_at(row: &[i16], at: usize) -> __m128i {
    debug_assert!(at + 8 <= row.len());
    // SAFETY: the caller says that 16 bytes can be read there; the instruction asks for no alignment.
    unsafe { _mm_loadu_si128(row.as_ptr().add(at).cast()) }
}
