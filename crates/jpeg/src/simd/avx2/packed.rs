//! Weights along rows, in the order in which kernels multiply them.

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
    pub(super) starts: [u32; 2],
    /// Which bytes of the eight numbers from there on are the first pair of each sample.
    pub(super) bytes: [[u8; 16]; 2],
}

/// The same of samples that are spread more widely.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct SpreadEight {
    /// Where each two start to take numbers.
    pub(super) starts: [u32; 4],
    /// Which bytes of the eight numbers from there on are the first four of each sample.
    pub(super) bytes: [[u8; 16]; 4],
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
