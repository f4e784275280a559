//! The steps for quantizing coefficients that were quantized before.
//!
//! In: the steps of the source and those of a quality. Out: the new steps, and how quotients are rounded.
//!
//! Multiples of one step that become multiples of another are rounded unevenly, unless the new step is a multiple of the old one: some of
//! the old values coincide, others do not. So the new step is the largest multiple of the old one that the quality allows, and never
//! finer than the old one, which would only add bytes. The table compares file sizes on 21 photographs (cameras' and editors' files of
//! quality 60 to 97) at qualities 50, 60, 75, 85 and 92. Sizes are in percent of the file that is encoded from pixels with the same SSIM
//! of luma (in parentheses: with the same PSNR):
//!
//! | steps | rounding | 50 | 60 | 75 | 85 | 92 |
//! |---|---|---|---|---|---|---|
//! | the quality's | half away from zero | 110 (109) | 108 (108) | 108 (107) | 124 (118) | 102 (102) |
//! | the coarser of both | half towards zero | 106 (107) | 105 (105) | 99 (103) | 104 (103) | 97 (98) |
//! | nearest multiple | half towards zero | 100 (99) | 101 (101) | 93 (93) | 97 (104) | 96 (95) |
//! | largest multiple | half towards zero | 100 (100) | 100 (100) | 89 (91) | 97 (95) | 88 (91) |
//! | largest multiple | up from 0.65 on | 96 (97) | 99 (98) | 89 (92) | 96 (95) | 88 (91) |
//! | largest multiple | up from 0.70 on | 91 (94) | 99 (97) | 91 (91) | 95 (96) | 88 (93) |
//!
//! The last row but one is implemented: if a step becomes three times as large, it still rounds two thirds up.

use crate::encode::{self, Coding, WrittenChroma};
use crate::simd::{BLOCK, Steps};

/// Returns the new steps of a component, from those of a quality and those of the source, all in the same order.
pub(super) fn steps(wanted: &[u8; BLOCK], old: &Steps) -> [u8; BLOCK] {
    std::array::from_fn(|at| step(wanted[at], old[at]))
}

/// Returns the largest multiple of the old step that does not exceed the wanted one, or the old step itself. A step that is too large for
/// a byte becomes its largest divisor that fits, so that all values stay exact.
fn step(wanted: u8, old: i16) -> u8 {
    // Steps have 16 bits without a sign, although they are stored with one.
    let old = (old as u16).max(1);
    match u8::try_from(old) {
        Ok(old) if old >= wanted => old,
        Ok(old) => wanted / old * old,
        Err(_) => (1..=u8::MAX).rev().find(|divisor| old.is_multiple_of(u16::from(*divisor))).unwrap_or(1),
    }
}

/// Returns the number added to a quotient before truncation, as a multiple of `1 / (4 × new)`: 0.35.
pub(super) fn bias(new: u32) -> u32 {
    7 * new / 5
}

/// Returns the steps of a coding for each component, in natural order. `factors`: the sampling factors of the components.
pub(super) fn wanted(coding: Coding, factors: &[[u32; 2]]) -> Vec<[u8; BLOCK]> {
    let chroma = match factors {
        [_] => WrittenChroma::None,
        [luma, chroma @ ..] if chroma.iter().all(|chroma| chroma == luma) => WrittenChroma::Full,
        _ => WrittenChroma::Half,
    };
    let [luma, chroma] = encode::quantization(coding.quality, coding.effort, chroma).map(|all| all.steps);
    std::iter::once(luma).chain(std::iter::repeat(chroma)).take(factors.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_become_multiples_and_never_finer() {
        for (wanted, old, new) in [
            (8, 1, 8),
            (8, 2, 8),
            (8, 3, 6),
            (8, 5, 5),
            (8, 8, 8),
            (8, 9, 9),
            (255, 2, 254),
            (1, 255, 255),
            (50, 0, 50),
            (8, 256, 128),
            (8, -1, 255),
            (8, 257, 1),
        ] {
            assert_eq!(step(wanted, old), new, "{wanted}, {old}");
        }
    }
}
