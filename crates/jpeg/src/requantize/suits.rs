//! Conditions under which the coefficients of a file can be written again.

use crate::header::{ColorModel, Header};

/// Limit on the blocks of a minimum coded unit (T.81, B.2.3).
const BLOCKS_IN_A_UNIT: u32 = 10;

/// Whether the coefficients of such a file can be written again. They must be gray or Y'CbCr with 8 bits, with sampling factors that
/// other decoders support, too: the largest is a multiple of each.
pub(crate) fn suits(header: &Header<'_>) -> bool {
    if header.precision != 8 || !matches!(header.color, ColorModel::Gray | ColorModel::YCbCr) {
        return false;
    }
    let factors = factors(header);
    let largest = [0, 1].map(|side| factors.iter().map(|factors| factors[side]).max().unwrap_or(1));
    let whole = factors.iter().all(|factors| [0, 1].iter().all(|side| largest[*side] % factors[*side] == 0));
    let blocks: u32 = factors.iter().map(|[across, down]| across * down).sum();
    whole && blocks <= BLOCKS_IN_A_UNIT
}

/// Returns the sampling factors of the components, divided by their common divisor, which has no effect.
pub(super) fn factors(header: &Header<'_>) -> Vec<[u32; 2]> {
    let all = || header.components.iter().map(|component| [component.horizontal, component.vertical].map(u32::from));
    if header.components.len() == 1 {
        return vec![[1; 2]];
    }
    let common = [0, 1].map(|side| all().fold(0, |common, factors| divisor(common, factors[side])).max(1));
    all().map(|[across, down]| [across / common[0], down / common[1]]).collect()
}

/// Returns the greatest common divisor.
fn divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { divisor(b, a % b) }
}
