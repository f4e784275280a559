//! Files of our encoder, as zune-jpeg and our decoder read them. The tests of cimaise-jpeg compare the latter with what was encoded.

use std::borrow::Cow;

use cimaise_jpeg_compare::ours::decode_jpeg;
use cimaise_jpeg_compare::{TOLERANCE, difference, zune};
use jpeg::{Attachments, Coding, Density, Effort, Encoder, Plane, Sequential};
use proptest::prelude::*;
use scene::{colour, plane, scene};

#[path = "../../src/encode/tests/scene.rs"]
mod scene;

const EFFORTS: [Effort; 3] = [Effort::Fast, Effort::Balanced, Effort::Small];

fn encode(planes: &[Plane], quality: u8, progressive: bool, effort: Effort) -> Vec<u8> {
    let coding = Coding { quality, progressive, effort };
    Encoder::new().encode(Cow::Borrowed(planes), coding, &Attachments::default()).unwrap()
}

/// Returns the planes as zune-jpeg decodes them, after a comparison with ours.
fn read_by_both(file: &[u8]) -> Vec<zune::Plane> {
    let (levels, damaged) = decode_jpeg(file, &[0], &Sequential).unwrap();
    assert!(!damaged);
    let theirs = zune::decode(file).expect("a file that others read");
    let difference = difference(&levels[0].1, &theirs).expect("the same planes");
    assert!(difference <= TOLERANCE, "a sample differs by {difference}");
    theirs
}

#[test]
fn every_size_is_read_alike() {
    for (width, height) in [(1, 1), (7, 9), (8, 8), (16, 16), (17, 33), (31, 15), (100, 1), (1, 100), (130, 70)] {
        for planes in [colour(width, height), vec![scene(width, height, 3)]] {
            for effort in EFFORTS {
                let [sequential, progressive] =
                    [false, true].map(|progressive| encode(&planes, 98, progressive, effort));
                assert!(read_by_both(&sequential) == read_by_both(&progressive), "{width} × {height}, {effort:?}");
            }
        }
    }
}

#[test]
fn progressive_files_hold_the_same_coefficients() {
    for (quality, effort) in [(5, 0), (50, 1), (75, 2), (95, 2), (100, 1)] {
        for planes in [colour(333, 217), vec![scene(333, 217, 3)]] {
            let [sequential, progressive] =
                [false, true].map(|progressive| encode(&planes, quality, progressive, EFFORTS[effort]));
            assert!(
                read_by_both(&sequential) == read_by_both(&progressive),
                "quality {quality}, {} planes",
                planes.len()
            );
        }
    }
}

/// A run of empty blocks is longer than one symbol can code, and there are more corrections than may be held back.
#[test]
fn large_empty_pictures_are_read_alike() {
    let flat = |width: usize, height: usize| plane(width, height, |x, y| if x < 8 && y < 8 { 255 } else { 100 });
    let planes = [flat(2048, 2048), flat(1024, 1024), flat(1024, 1024)];
    assert_eq!(read_by_both(&encode(&planes, 75, true, Effort::Balanced))[0].2[2047], 100);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Random samples, for which nearly every coefficient is coded.
    #[test]
    fn any_samples_give_a_file_that_both_codings_agree_on(
        width in 1..50_usize, height in 1..50_usize, quality in 1..=100_u8, gray: bool, effort in 0..3_usize,
        samples in proptest::collection::vec(prop_oneof![any::<u8>(), Just(0), Just(255)], 2500),
    ) {
        let cut = |width: usize, height: usize, at: usize| plane(width, height, |x, y| samples[(at + y * width + x) % 2500]);
        let half = (width.div_ceil(2), height.div_ceil(2));
        let mut planes = vec![cut(width, height, 0)];
        if !gray {
            planes.extend([cut(half.0, half.1, 700), cut(half.0, half.1, 1400)]);
        }
        let [sequential, progressive] = [false, true].map(|progressive| encode(&planes, quality, progressive, EFFORTS[effort]));
        prop_assert!(read_by_both(&sequential) == read_by_both(&progressive));
    }
}
