//! Weights along rows, in the order in which kernels multiply them.

/// Weights in the order in which kernels multiply them.
#[derive(Debug, Clone)]
pub(in super::super) enum Packed {
    /// Dense: four samples read their first pairs of numbers from the same eight numbers. Two such fours at a time.
    Near {
        /// The groups of eight samples.
        eights: Vec<Eight>,
        /// For each eight samples and each pair of taps, two weights of each sample.
        weights: Vec<[i16; 16]>,
        /// Half the number of taps.
        pairs: usize,
    },
    /// Sparse: two neighbours read their first four numbers from the same eight. Two such pairs at a time.
    Spread {
        /// The groups of eight samples.
        eights: Vec<SpreadEight>,
        /// For each eight samples and each four taps: four weights of samples 0, 1, 4 and 5, and of samples 2, 3, 6 and 7.
        weights: Vec<[[i16; 16]; 2]>,
        /// A quarter of the number of taps, rounded up.
        fours: usize,
    },
    /// Any positions: sample by sample, eight numbers at a time.
    Apart {
        /// The weights of each sample, padded with zeros.
        weights: Vec<[i16; 8]>,
        /// Number of steps of eight numbers.
        times: usize,
    },
}

/// Eight samples that are computed together.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Eight {
    /// First number of each four samples.
    pub(super) starts: [u32; 2],
    /// The bytes of these eight numbers that are the first pair of each sample.
    pub(super) bytes: [[u8; 16]; 2],
}

/// The same for samples that are farther apart.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct SpreadEight {
    /// First number of each two samples.
    pub(super) starts: [u32; 4],
    /// The bytes of these eight numbers that are the first four of each sample.
    pub(super) bytes: [[u8; 16]; 4],
}

impl Packed {
    /// Packs `taps` weights for each of the `starts`; `taps` is even.
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

    /// Returns `None` if four samples are too far apart somewhere.
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

    /// Returns `None` if two samples are too far apart somewhere.
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
