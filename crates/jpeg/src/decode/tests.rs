//! Generated files and damaged ones. The package in `compare` compares the planes with those of another decoder.

use jpeg_encoder::SamplingFactor;
use picture::{HEIGHT, SAMPLINGS, WIDTH, encoded};
use proptest::prelude::*;

use super::scans::MOST_AT_ONCE;
use super::{Damage, Request};
use crate::error::Error;
use crate::header::Header;
use crate::markers::{DNL, EOI, SOS};
use crate::orientation::Orientation;
use crate::parallel::{Parallelism, Sequential};
use crate::picture::decode;
use crate::plane::{Placing, Plane, resample};
use crate::size::Size;

mod picture;
mod resync;

const WHOLE: Request<'_> = Request { levels: &[0], placings: &[], half_chroma: false };

fn decoded(bytes: &[u8]) -> Result<(Vec<Plane>, Option<Damage>), Error> {
    let mut decoded = decode(bytes, &Header::read(bytes)?, &WHOLE, &Sequential)?;
    Ok((decoded.levels.swap_remove(0).1, decoded.damage))
}

/// Returns the largest difference of a sample.
fn distance(planes: &[Plane], other: &[Plane]) -> u8 {
    assert_eq!(planes.len(), other.len());
    let differences = planes.iter().zip(other).flat_map(|(a, b)| {
        assert_eq!(a.samples.len(), b.samples.len());
        a.samples.iter().zip(&b.samples).map(|(a, b)| a.abs_diff(*b))
    });
    differences.max().unwrap_or(0)
}

/// Returns the share of samples that equal those of `whole`.
fn alike(part: &[Plane], whole: &[Plane]) -> f64 {
    let samples =
        |planes: &[Plane]| -> Vec<u8> { planes.iter().flat_map(|plane| plane.samples.iter().copied()).collect() };
    let (part, whole) = (samples(part), samples(whole));
    part.iter().zip(&whole).filter(|(a, b)| a == b).count() as f64 / whole.len() as f64
}

#[test]
fn a_file_that_lost_its_tail_gives_what_is_there() {
    for sampling in SAMPLINGS {
        for restart in [0, 7] {
            let bytes = encoded(sampling, false, restart);
            let whole = decoded(&bytes).unwrap().0;
            let (half, damage) = decoded(&bytes[..bytes.len() / 2]).unwrap();
            let Some(Damage::Missing(percent)) = damage else { panic!("{damage:?}") };
            assert!((10..90).contains(&percent), "{percent}");
            // Few blocks were cut in two, and few are gray by chance.
            let alike = 100.0 * alike(&half, &whole);
            assert!(
                (alike - (100.0 - f64::from(percent))).abs() < 10.0,
                "{alike} % are right, {percent} % are missing"
            );
            assert_eq!(half[2].samples.last(), Some(&128));
        }
    }
}

#[test]
fn a_progressive_file_that_lost_its_tail_is_less_sharp() {
    let bytes = encoded(SamplingFactor::F_2_2, true, 0);
    let (rough, damage) = decoded(&bytes[..bytes.len() * 9 / 10]).unwrap();
    assert_eq!(damage, Some(Damage::Flawed));
    assert!(distance(&rough, &decoded(&bytes).unwrap().0) < 120);
    let (_, damage) = decoded(&bytes[..bytes.len() - 2]).unwrap();
    assert_eq!(damage, Some(Damage::Flawed), "nobody knows whether more scans were to come");
}

#[test]
fn a_missing_end_marker_is_no_damage_where_all_is_there() {
    let bytes = encoded(SamplingFactor::F_2_2, false, 0);
    assert_eq!(decoded(&bytes[..bytes.len() - 2]).unwrap().1, None);
    let trailing = [&bytes[..], &[0; 3000], &bytes].concat();
    assert_eq!(decoded(&trailing).unwrap().1, None);
}

#[test]
fn damage_ends_at_the_next_restart_marker() {
    let bytes = encoded(SamplingFactor::F_1_1, false, 7);
    let whole = decoded(&bytes).unwrap().0;
    let marker = |number: u8| bytes.windows(2).position(|pair| pair == [0xFF, 0xD0 + number]).unwrap();

    // The data between two markers is lost.
    let cut = [&bytes[..marker(1) + 2], &bytes[marker(2)..]].concat();
    let (part, damage) = decoded(&cut).unwrap();
    assert!(matches!(damage, Some(Damage::Missing(1..=9))), "{damage:?}");
    assert!(alike(&part, &whole) > 0.88, "{}", alike(&part, &whole));

    // A whole segment is lost with its marker.
    let cut = [&bytes[..marker(1)], &bytes[marker(2)..]].concat();
    let (part, damage) = decoded(&cut).unwrap();
    assert!(matches!(damage, Some(Damage::Missing(1..=9))), "{damage:?}");
    assert!(alike(&part, &whole) > 0.88, "{}", alike(&part, &whole));
}

#[test]
fn restart_markers_that_are_lost_or_come_again_are_damage_in_every_scan() {
    let bytes = encoded(SamplingFactor::F_2_2, true, 7);
    let scan = bytes.windows(2).rposition(|pair| pair == [0xFF, SOS]).unwrap();
    let marker = |number: u8| scan + bytes[scan..].windows(2).position(|pair| pair == [0xFF, 0xD0 + number]).unwrap();
    assert_eq!(decoded(&bytes).unwrap().1, None);
    // The rest of the scan is lost.
    let cut = [&bytes[..marker(2)], &[0xFF, EOI]].concat();
    assert_eq!(decoded(&cut).unwrap().1, Some(Damage::Flawed));
    // A segment comes twice, with its marker.
    let twice = [&bytes[..marker(2)], &bytes[marker(1)..]].concat();
    assert_eq!(decoded(&twice).unwrap().1, Some(Damage::Flawed));
}

#[test]
fn the_height_may_stand_behind_the_first_scan() {
    let bytes = encoded(SamplingFactor::F_2_2, false, 0);
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let mut late = bytes.clone();
    late[frame + 5..frame + 7].fill(0);
    assert!(decoded(&late).is_err());
    late.truncate(late.len() - 2);
    late.extend([0xFF, DNL, 0, 4, 0, HEIGHT as u8, 0xFF, EOI]);
    assert_eq!(decoded(&late).unwrap().0, decoded(&bytes).unwrap().0);
}

#[test]
fn more_scans_than_make_sense_are_refused() {
    let bytes = encoded(SamplingFactor::F_2_2, true, 0);
    // The last scan, repeated.
    let scan = bytes.windows(2).rposition(|pair| pair == [0xFF, SOS]).unwrap();
    let again = &bytes[scan..bytes.len() - 2];
    let many = [&bytes[..bytes.len() - 2], &again.repeat(60_000)].concat();
    let error = decoded(&many).unwrap_err().to_string();
    assert_eq!(error, "this kind of JPEG is not supported: far more scans than a picture needs");
}

#[test]
fn scans_that_are_too_many_to_be_read_at_once_give_the_same() {
    for sampling in SAMPLINGS {
        for restart in [0, 3] {
            let bytes = encoded(sampling, true, restart);
            // Repetitions of the last scan add nothing.
            let scan = bytes.windows(2).rposition(|pair| pair == [0xFF, SOS]).unwrap();
            let again = &bytes[scan..bytes.len() - 2];
            let many = [&bytes[..bytes.len() - 2], &again.repeat(2 * MOST_AT_ONCE), &[0xFF, EOI]].concat();
            assert!(decoded(&many) == decoded(&bytes), "{sampling:?} {restart}");
            // Damage in the first scan has the same effect.
            let begin = bytes.windows(2).position(|pair| pair == [0xFF, SOS]).unwrap();
            let damaged = |bytes: &[u8]| decoded(&[&bytes[..begin + 30], &bytes[begin + 60..]].concat()).unwrap();
            assert!(damaged(&bytes).1.is_some() && damaged(&many) == damaged(&bytes), "{sampling:?} {restart}");
        }
    }
}

#[test]
fn a_component_of_a_sequential_frame_that_comes_again_is_damage_and_changes_nothing() {
    let bytes = encoded(SamplingFactor::F_2_2, false, 0);
    let scan = bytes.windows(2).position(|pair| pair == [0xFF, SOS]).unwrap();
    let header = 4 + usize::from(bytes[scan + 3]);
    // The same scan with a flipped bit near its beginning.
    let mut again = bytes[scan..bytes.len() - 2].to_vec();
    again[header] ^= 0x10;
    let twice = [&bytes[..bytes.len() - 2], &again, &[0xFF, EOI]].concat();
    let (picture, damage) = decoded(&twice).unwrap();
    assert_eq!((picture, damage), (decoded(&bytes).unwrap().0, Some(Damage::Flawed)));
}

#[test]
fn another_picture_that_begins_before_the_end_is_damage_and_changes_nothing() {
    for progressive in [false, true] {
        let bytes = encoded(SamplingFactor::F_2_2, progressive, 0);
        let whole = decoded(&bytes).unwrap().0;
        let (picture, damage) = decoded(&[&bytes[..bytes.len() - 2], &bytes].concat()).unwrap();
        assert!(picture == whole && damage == Some(Damage::Flawed), "{progressive}: {damage:?}");
        let other = [&bytes[..bytes.len() - 2], &encoded(SamplingFactor::F_1_1, progressive, 0)].concat();
        let (picture, damage) = decoded(&other).unwrap();
        assert!(picture == whole && damage == Some(Damage::Flawed), "{progressive}: {damage:?}");
        // Nothing has been decoded yet, so nothing can be lost.
        let (picture, damage) = decoded(&[&[0xFF, 0xD8], &bytes[..]].concat()).unwrap();
        assert!(picture == whole && damage == Some(Damage::Flawed), "{progressive}: {damage:?}");
    }
}

#[test]
fn a_scan_that_refines_what_is_not_there_is_damage() {
    let bytes = encoded(SamplingFactor::F_2_2, true, 0);
    assert_eq!(decoded(&bytes).unwrap().1, None);
    // The last scan codes coefficients from bit 0 on; its header now claims that they begin at bit 1.
    let scan = bytes.windows(2).rposition(|pair| pair == [0xFF, SOS]).unwrap();
    let mut refining = bytes.clone();
    let high = scan + 1 + usize::from(bytes[scan + 3]);
    assert_eq!(refining[high], 0);
    refining[high] = 0x10;
    assert!(decoded(&refining).unwrap().1.is_some());
}

#[test]
fn where_nothing_is_there_nothing_is_rendered() {
    let bytes = encoded(SamplingFactor::F_2_2, false, 0);
    let scan = bytes.windows(2).position(|pair| pair == [0xFF, SOS]).unwrap();
    assert_eq!(decoded(&bytes[..scan + 14]).unwrap_err(), Error::Truncated);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_never_panic(
        which in 0..6_usize,
        progressive: bool,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = encoded(SAMPLINGS[which], progressive, if which % 2 == 0 { 3 } else { 0 });
        for (index, value) in changes {
            let index = index.index(bytes.len());
            bytes[index] = value;
        }
        // A changed size could mean much work.
        if Header::read(&bytes).is_ok_and(|header| header.size.pixels() < 1 << 18) {
            let _ = decoded(&bytes);
            let _ = decoded(&bytes[..cut.index(bytes.len())]);
        }
    }
}

/// Claims two threads, and makes all calls in reverse order.
struct Backwards;

impl Parallelism for Backwards {
    fn count(&self) -> usize {
        2
    }

    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        (0..count).rev().for_each(work);
    }
}

fn decoded_by(bytes: &[u8], parallelism: &dyn Parallelism) -> Option<(Vec<Plane>, Option<Damage>)> {
    let mut decoded = decode(bytes, &Header::read(bytes).ok()?, &WHOLE, parallelism).ok()?;
    Some((decoded.levels.swap_remove(0).1, decoded.damage))
}

#[test]
fn bands_between_restart_markers_give_what_reading_in_order_gives() {
    for sampling in SAMPLINGS {
        for restart in [1, 2, 5, 7, 30, 200] {
            let bytes = encoded(sampling, false, restart);
            assert!(decoded_by(&bytes, &Backwards) == decoded_by(&bytes, &Sequential), "{sampling:?} {restart}");
        }
    }
}

proptest! {
    /// A byte removed or replaced, anywhere.
    #[test]
    fn damaged_bands_are_treated_as_if_they_were_read_in_order(at in 0.0..1.0_f64, byte: u8, lost: bool, restart in 1_u16..9) {
        let mut bytes = encoded(SamplingFactor::F_2_2, false, restart);
        let at = (bytes.len() as f64 * at) as usize;
        if lost {
            bytes.remove(at);
        } else {
            bytes[at] = byte;
        }
        prop_assert!(decoded_by(&bytes, &Backwards) == decoded_by(&bytes, &Sequential));
    }
}

#[test]
fn what_is_resampled_while_it_comes_is_what_is_resampled_afterwards() {
    let sizes = [(40, 30, 1), (83, 31, 3), (61, 70, 6), (5, 4, 7), (82, 60, 1)];
    let source = Size { width: WIDTH as u32, height: HEIGHT as u32 };
    for sampling in SAMPLINGS {
        for (progressive, cut) in [(false, 1.0), (true, 1.0), (false, 0.6)] {
            let bytes = encoded(sampling, progressive, 5);
            let bytes = &bytes[..(bytes.len() as f64 * cut) as usize];
            let placings = sizes.map(|(width, height, turn)| {
                Placing::new(source, Orientation::from_exif(turn), Size { width, height }, true)
            });
            for half_chroma in [false, true] {
                let wanted = Request { placings: &placings, half_chroma, ..WHOLE };
                let header = Header::read(bytes).unwrap();
                let found = decode(bytes, &header, &wanted, &Sequential).unwrap();
                for (placing, placed) in placings.iter().zip(&found.placed) {
                    for (number, plane) in found.levels[0].1.iter().enumerate() {
                        let axes = placing.axes(number > 0);
                        let expected = resample(plane, axes, placing.turn).unwrap();
                        assert!(placed[number] == expected, "{sampling:?}, {placing:?}, component {number}");
                    }
                }
            }
        }
    }
}
