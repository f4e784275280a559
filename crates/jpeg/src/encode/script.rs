//! Scan scripts: the order of the coefficients in a progressive file (T.81, G.1.2).

use super::coding::{Coding, Effort};

/// The coefficients of one scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScriptedScan {
    /// The first coefficients of all blocks, with all their bits.
    Means,
    /// A band of the other coefficients of a component, by its number.
    Band(usize, Band),
}

/// A selection of a component's coefficients, apart from the first of each block, and of their bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Band {
    /// The first place in the zigzag.
    pub(super) first: u8,
    /// The last place in the zigzag.
    pub(super) last: u8,
    /// The lowest bit that earlier scans coded: 1, or 0 if there was none.
    pub(super) high: u8,
    /// The lowest bit that this scan codes: 0 or 1.
    pub(super) low: u8,
}

impl Band {
    /// All coefficients apart from the first.
    pub(super) const WHOLE: Self = Self { first: 1, last: 63, high: 0, low: 0 };

    /// Returns the bit set of the band's places.
    pub(super) fn places(self) -> u64 {
        (u64::MAX << self.first) & (u64::MAX >> (63 - self.last))
    }
}

/// A scan of a component's places from `first` to `last`, with all their bits.
const fn all(component: usize, first: u8, last: u8) -> ScriptedScan {
    ScriptedScan::Band(component, Band { first, last, high: 0, low: 0 })
}

/// The same, without the lowest bit.
const fn most(component: usize, first: u8, last: u8) -> ScriptedScan {
    ScriptedScan::Band(component, Band { first, last, high: 0, low: 1 })
}

/// The lowest bit alone.
const fn rest(component: usize, first: u8, last: u8) -> ScriptedScan {
    ScriptedScan::Band(component, Band { first, last, high: 1, low: 0 })
}

/// First a mosaic, then slopes, then chroma (it is small, and wrong colours are noticed), then the fine structure of luma.
const PLAIN: &[ScriptedScan] = &[ScriptedScan::Means, all(0, 1, 2), all(2, 1, 63), all(1, 1, 63), all(0, 3, 63)];

/// The lowest bit of the fine structure comes last.
///
/// Chosen by size and cost on photographs of 0.9 megapixels at quality 75: no bit held back makes files 0.4 % larger (1.4 % at quality
/// 90), one band for all of luma 0.9 %, holding back the lowest bit of slopes as well 0.4 %, and that of chroma 0.2 %.
const USUAL: &[ScriptedScan] =
    &[ScriptedScan::Means, all(0, 1, 2), all(2, 1, 63), all(1, 1, 63), most(0, 3, 63), rest(0, 3, 63)];

/// Separate scans for slopes across and down, which usually saves some bytes (0.3 %).
const SLOPES: &[ScriptedScan] =
    &[ScriptedScan::Means, all(0, 1, 1), all(0, 2, 2), all(2, 1, 63), all(1, 1, 63), most(0, 3, 63), rest(0, 3, 63)];

/// The lowest bit of all of luma comes last, for pictures with much detail and high qualities (0.5 % at quality 90).
const DETAIL: &[ScriptedScan] =
    &[ScriptedScan::Means, most(0, 1, 2), all(2, 1, 63), all(1, 1, 63), most(0, 3, 9), most(0, 10, 63), rest(0, 1, 63)];

/// Returns the scripts to try. The one with the smallest file wins.
pub(super) fn scripts(effort: Effort) -> &'static [&'static [ScriptedScan]] {
    match effort {
        Effort::Fast => &[PLAIN],
        Effort::Balanced => &[USUAL],
        Effort::Small => &[USUAL, SLOPES, DETAIL],
    }
}

/// Returns the bands of a component that the scripts need, each once.
pub(super) fn bands(coding: Coding, component: usize) -> Vec<Band> {
    if !coding.progressive {
        return vec![Band::WHOLE];
    }
    let mut bands = Vec::new();
    for scan in scripts(coding.effort).iter().copied().flatten() {
        match scan {
            ScriptedScan::Band(number, band) if *number == component && !bands.contains(band) => bands.push(*band),
            _ => {}
        }
    }
    bands
}

/// Returns the scans of the shortest script, in its order; `scans` contains the scans of all scripts.
pub(super) fn smallest(effort: Effort, mut scans: Vec<(ScriptedScan, Vec<u8>)>) -> Vec<Vec<u8>> {
    let find =
        |scans: &[(ScriptedScan, Vec<u8>)], scan: &ScriptedScan| scans.iter().position(|(known, _)| known == scan);
    // Scans of components that the picture does not have are missing.
    let length = |script: &&&[ScriptedScan]| -> usize {
        script.iter().filter_map(|scan| find(&scans, scan)).map(|place| scans[place].1.len()).sum()
    };
    let script = scripts(effort).iter().min_by_key(length).copied().unwrap_or_default();
    script.iter().filter_map(|scan| find(&scans, scan).map(|place| scans.swap_remove(place).1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each bit of each coefficient is coded once, and after the bits above it.
    #[test]
    fn scripts_tell_everything() {
        for script in [Effort::Fast, Effort::Balanced, Effort::Small].into_iter().flat_map(scripts) {
            assert_eq!(script[0], ScriptedScan::Means);
            for component in 0..3 {
                let (mut upper, mut lowest) = (0_u64, 0);
                for scan in &script[1..] {
                    let ScriptedScan::Band(number, band) = scan else { panic!("twice the first") };
                    if *number != component {
                        continue;
                    }
                    let places = band.places();
                    if band.high == 0 {
                        assert_eq!(upper & places, 0);
                        upper |= places;
                    } else {
                        assert_eq!(upper & places, places);
                    }
                    if band.low == 0 {
                        assert_eq!(lowest & places, 0);
                        lowest |= places;
                    }
                }
                assert_eq!((upper, lowest), (!1, !1));
            }
        }
    }
}
