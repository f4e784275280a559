//! Whether the scans of a progressive frame follow from each other: each says which bit of its coefficients came last (T.81, B.2.3),
//! and others go on only behind the first of a block. Scans that do not can be read, but what they make of the coefficients is
//! nothing that an encoder had in mind, and no two decoders agree on it.

use super::scan::Scan;
use crate::simd::BLOCK;

/// How far the coefficients of each component have come.
#[derive(Debug, Clone)]
pub(super) struct Progression {
    /// By component and place in the zigzag, the lowest bit that is there.
    lowest: Vec<[Option<u8>; BLOCK]>,
}

impl Progression {
    /// Of so many components before the first scan.
    pub(super) fn new(components: usize) -> Self {
        Self { lowest: vec![[None; BLOCK]; components] }
    }

    /// Takes in the next scan. Whether it goes on where those before it have stopped.
    pub(super) fn goes_on(&mut self, scan: &Scan) -> bool {
        let band = usize::from(scan.band[0])..usize::from(scan.band[1]) + 1;
        let mut goes_on = true;
        for part in &scan.parts {
            let lowest = &mut self.lowest[part.component];
            goes_on &= band.start == 0 || lowest[0].is_some();
            for lowest in &mut lowest[band.clone()] {
                goes_on &= scan.high == lowest.unwrap_or(0);
                *lowest = Some(scan.low);
            }
        }
        goes_on
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::ScanComponent;
    use super::*;

    fn scan(component: usize, band: [u8; 2], [high, low]: [u8; 2]) -> Scan {
        let part = ScanComponent { component, factors: [1; 2], tables: [0; 2] };
        Scan { parts: vec![part], band, high, low, units: [1; 2] }
    }

    #[test]
    fn each_scan_goes_on_at_the_bit_where_the_last_one_of_its_coefficients_stopped() {
        let mut progression = Progression::new(2);
        for scan in [
            scan(0, [0, 0], [0, 1]),
            scan(0, [1, 5], [0, 2]),
            scan(1, [0, 0], [0, 0]),
            scan(0, [6, 63], [0, 2]),
            scan(0, [1, 63], [2, 1]),
            scan(0, [0, 0], [1, 0]),
            scan(0, [1, 63], [1, 0]),
        ] {
            assert!(progression.goes_on(&scan), "{scan:?}");
        }
        // All is there: nothing can be refined any more.
        assert!(!progression.goes_on(&scan(0, [0, 0], [1, 0])));
        assert!(!progression.goes_on(&scan(1, [0, 0], [2, 1])));
    }

    #[test]
    fn what_has_not_begun_cannot_be_refined() {
        assert!(!Progression::new(1).goes_on(&scan(0, [0, 0], [1, 0])));
        let mut progression = Progression::new(1);
        assert!(progression.goes_on(&scan(0, [0, 0], [0, 0])));
        assert!(progression.goes_on(&scan(0, [1, 5], [0, 1])));
        assert!(!progression.goes_on(&scan(0, [1, 6], [1, 0])));
    }

    #[test]
    fn nothing_comes_before_the_first_coefficient() {
        let mut progression = Progression::new(2);
        assert!(progression.goes_on(&scan(0, [0, 0], [0, 0])));
        assert!(!progression.goes_on(&scan(1, [1, 63], [0, 0])));
    }
}
