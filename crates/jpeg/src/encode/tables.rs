//! Precision of each frequency: quantization tables, and thresholds below which coefficients are dropped.
//!
//! In: a quality and an effort. Out: steps and thresholds for luma and chroma. Must not know how they are applied.

use super::coding::Effort;
use super::frame::WrittenChroma;
use crate::simd::Quantizer;
use crate::zigzag::ZIGZAG;

/// The quantization of one kind of component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quantization {
    /// The steps, in natural order.
    pub(crate) steps: [u8; 64],
    /// Thresholds in 256ths of a step, in natural order. Smaller values become 0.
    least: [u8; 64],
}

impl Quantization {
    /// Returns the steps in the order in which coefficients are coded.
    pub(super) fn zigzag(&self) -> [u8; 64] {
        ZIGZAG.map(|place| self.steps[usize::from(place)])
    }

    /// Returns the quantizer with these steps and thresholds.
    pub(super) fn quantizer(&self) -> Quantizer {
        Quantizer::new(&self.steps, &self.least)
    }
}

/// Half a step: smaller values are rounded to 0 in any case.
const HALF: u8 = 128;

/// The steps at quality 50 for luma, in natural order, found by SSIMULACRA2 on photographs. Compared with the example table of the
/// standard (T.81, K.1), the mean of a block needs finer steps, its slopes coarser ones, and high frequencies finer ones. The steps grow
/// with the distance `r` of a frequency from the first as `15 + 7 (r - 1)^1.2`, with a little more between the axes, times 0.8;
/// docs/performance.md shows the gain.
#[rustfmt::skip]
const LUMA: [u16; 64] = [
     10,  12,  18,  25,  33,  42,  51,  60,
     12,  14,  20,  27,  35,  43,  52,  61,
     18,  20,  24,  31,  38,  46,  55,  64,
     25,  27,  31,  36,  43,  51,  59,  68,
     33,  35,  38,  43,  49,  57,  65,  73,
     42,  43,  46,  51,  57,  63,  71,  79,
     51,  52,  55,  59,  65,  71,  78,  86,
     60,  61,  64,  68,  73,  79,  86,  93,
];

/// The same for halved chroma: `20.5 + 6 (r - 1)^1.2`, times 0.8. The example table (T.81, K.2) is made for chroma that is not halved.
#[rustfmt::skip]
const CHROMA: [u16; 64] = [
     15,  16,  21,  27,  34,  42,  50,  58,
     16,  18,  23,  29,  35,  42,  50,  58,
     21,  23,  26,  32,  38,  45,  52,  60,
     27,  29,  32,  36,  42,  48,  55,  63,
     34,  35,  38,  42,  47,  53,  59,  67,
     42,  42,  45,  48,  53,  58,  64,  71,
     50,  50,  52,  55,  59,  64,  70,  77,
     58,  58,  60,  63,  67,  71,  77,  83,
];

/// The same for chroma that is not halved: a frequency of the picture has half the place in a block that it has in halved chroma, and
/// errors of the same step are half as visible, because there are four times as many samples. So each frequency of the picture has twice
/// the step: `41 + 12 (2r - 1)^1.2`, times 0.8.
#[rustfmt::skip]
const FULL_CHROMA: [u16; 64] = [
     30,  42,  69,  99, 132, 167, 203, 241,
     42,  53,  76, 104, 136, 170, 206, 244,
     69,  76,  94, 119, 148, 181, 216, 252,
     99, 104, 119, 140, 167, 197, 230, 265,
    132, 136, 148, 167, 191, 218, 249, 283,
    167, 170, 181, 197, 218, 244, 273, 304,
    203, 206, 216, 230, 249, 273, 300, 329,
    241, 244, 252, 265, 283, 304, 329, 357,
];

/// Threshold for luma in 256ths of a step, below which a coefficient is not worth its bits; and the increment for each frequency across
/// and down, because high frequencies follow long runs of zeros. The thresholds are lower than rate and distortion alone would suggest:
/// missing faint texture is noticed.
const LEAST_LUMA: [u8; 2] = [154, 2];

/// The same for chroma.
const LEAST_CHROMA: [u8; 2] = [164, 0];

/// Returns the quantization for luma and for this chroma. Qualities from 1 to 100 scale the tables as in the IJG's software, so that a quality has
/// its usual meaning: on average, files have the score of libjpeg's files, in colour and in gray.
pub(crate) fn quantization(quality: u8, effort: Effort, chroma: WrittenChroma) -> [Quantization; 2] {
    let quality = u32::from(quality.clamp(1, 100));
    let percent = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    // In colour, finer chroma compensates for coarser luma.
    let permille = percent * if chroma == WrittenChroma::None { 920 } else { 1000 } / 100;
    let scaled = |table: [u16; 64], parts: u32| {
        table.map(|step| ((u32::from(step) * permille * parts + 12_500) / 25_000).clamp(1, 255) as u8)
    };
    let least = |[low, more]: [u8; 2]| {
        // The mean of a block is always visible.
        std::array::from_fn(|at| if at == 0 { HALF } else { low + more * (at / 8 + at % 8) as u8 })
    };
    let table = if chroma == WrittenChroma::Full { FULL_CHROMA } else { CHROMA };
    match effort {
        Effort::Fast | Effort::Balanced => [
            Quantization { steps: scaled(LUMA, 25), least: least(LEAST_LUMA) },
            Quantization { steps: scaled(table, 25), least: least(LEAST_CHROMA) },
        ],
        // The trellis decides about each coefficient, and fewer are lost at the same steps, so coarser steps give the same quality.
        Effort::Small => [LUMA, table].map(|table| Quantization { steps: scaled(table, 26), least: [HALF; 64] }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EFFORTS: [Effort; 3] = [Effort::Fast, Effort::Balanced, Effort::Small];

    #[test]
    fn quality_75_halves_the_tables_and_100_makes_them_flat() {
        let [luma, chroma] =
            quantization(75, Effort::Balanced, WrittenChroma::Half).map(|quantization| quantization.steps);
        assert_eq!((luma[0], luma[1], luma[63], chroma[0], chroma[63]), (5, 6, 47, 8, 42));
        for effort in EFFORTS {
            assert!(
                quantization(100, effort, WrittenChroma::Full).iter().all(|quantization| quantization.steps == [1; 64])
            );
            assert!(
                quantization(1, effort, WrittenChroma::None).iter().all(|quantization| quantization.steps[63] == 255)
            );
        }
    }

    #[test]
    fn steps_never_fall_as_quality_falls() {
        for effort in EFFORTS {
            for quality in 1..100 {
                for chroma in [WrittenChroma::Half, WrittenChroma::Full] {
                    let [worse, better] = [quality, quality + 1].map(|quality| quantization(quality, effort, chroma));
                    for (worse, better) in worse.iter().zip(&better) {
                        assert!(
                            worse.steps.iter().zip(&better.steps).all(|(worse, better)| worse >= better),
                            "{quality}"
                        );
                    }
                }
            }
        }
    }
}
