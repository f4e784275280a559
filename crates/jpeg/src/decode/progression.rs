//! Checks that the scans of a progressive frame continue each other: each scan names the bit at which the one before stopped (T.81,
//! B.2.3), and other coefficients may follow only after the first of a block. Scans that break these rules can be read, but no encoder
//! means the resulting coefficients, and no two decoders agree on them.

use super::scan::Scan;
use crate::simd::BLOCK;

/// Progress of the coefficients of each component.
#[derive(Debug, Clone)]
pub(super) struct Progression {
    /// The lowest bit that was coded so far, by component and place in the zigzag.
    lowest: Vec<[Option<u8>; BLOCK]>,
}

impl Progression {
    /// The state of this many components before the first scan.
    pub(super) fn new(components: usize) -> Self {
        Self { lowest: vec![[None; BLOCK]; components] }
    }

    /// Records the next scan. Returns whether it continues where the scans before it stopped.
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
        // The coefficients are complete: nothing is left to refine.
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
