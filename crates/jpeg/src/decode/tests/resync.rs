//! Damage to markers inside scans: what libjpeg passes over is passed over here, and as much of the picture is found.

use jpeg_encoder::SamplingFactor;

use super::picture::{SAMPLINGS, encoded};
use super::{alike, decoded};
use crate::decode::Damage;
use crate::markers::SOS;

/// Returns the position of the restart marker of this number in the first scan.
fn restart(bytes: &[u8], number: u8) -> usize {
    let scan = bytes.windows(2).position(|pair| pair == [0xFF, SOS]).unwrap();
    scan + bytes[scan..].windows(2).position(|pair| pair == [0xFF, 0xD0 + number]).unwrap()
}

#[test]
fn a_marker_that_belongs_to_no_scan_costs_one_segment() {
    for sampling in SAMPLINGS {
        for progressive in [false, true] {
            let bytes = encoded(sampling, progressive, 2);
            let whole = decoded(&bytes).unwrap().0;
            let middle = usize::midpoint(restart(&bytes, 2), restart(&bytes, 3));
            for marker in [0x02, 0xAE, 0xC0, 0xE1, 0xF5] {
                let stray = [&bytes[..middle], &[0xFF, marker, 0xFF, 0], &bytes[middle..]].concat();
                let (part, damage) = decoded(&stray).unwrap();
                assert!(matches!(damage, Some(Damage::Missing(1..=20))), "{sampling:?} {marker:X}: {damage:?}");
                assert!(alike(&part, &whole) > 0.75, "{sampling:?} {marker:X}: {}", alike(&part, &whole));
            }
        }
    }
}

#[test]
fn a_marker_behind_complete_data_costs_nothing_and_is_damage() {
    for progressive in [false, true] {
        let bytes = encoded(SamplingFactor::F_2_2, progressive, 2);
        let end = restart(&bytes, 3);
        let stray = [&bytes[..end], &[0xFF, 0xAE], &bytes[end..]].concat();
        let (picture, damage) = decoded(&stray).unwrap();
        assert!(picture == decoded(&bytes).unwrap().0 && damage == Some(Damage::Flawed), "{progressive} {damage:?}");
    }
}

#[test]
fn a_number_that_is_far_off_is_taken_for_the_right_one() {
    for sampling in SAMPLINGS {
        for progressive in [false, true] {
            let bytes = encoded(sampling, progressive, 2);
            let whole = decoded(&bytes).unwrap().0;
            for off in 3..=5 {
                let mut wrong = bytes.clone();
                wrong[restart(&bytes, 3) + 1] = 0xD0 + (3 + off) % 8;
                let (picture, damage) = decoded(&wrong).unwrap();
                assert!(picture == whole && damage == Some(Damage::Flawed), "{sampling:?} {off} {damage:?}");
            }
        }
    }
}

#[test]
fn a_number_that_is_slightly_off_costs_the_segments_between() {
    for progressive in [false, true] {
        let bytes = encoded(SamplingFactor::F_1_1, progressive, 2);
        let whole = decoded(&bytes).unwrap().0;
        for off in [1, 2, 6, 7] {
            let mut wrong = bytes.clone();
            wrong[restart(&bytes, 3) + 1] = 0xD0 + (3 + off) % 8;
            let (picture, damage) = decoded(&wrong).unwrap();
            assert!(matches!(damage, Some(Damage::Missing(1..=20))), "{off} {damage:?}");
            assert!(picture != whole && alike(&picture, &whole) > 0.75, "{off} {}", alike(&picture, &whole));
        }
    }
}
