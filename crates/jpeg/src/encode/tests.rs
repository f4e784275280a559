//! Whole files, read back. The package in `compare` reads them with another decoder.

use std::borrow::Cow;

use proptest::prelude::*;
use scene::{colour, full_colour, plane, scene};
use zune_core::bytestream::ZCursor;
use zune_jpeg::JpegDecoder;

use super::{Coding, Effort, Encoder};
use crate::attachments::Attachments;
use crate::decode::Request;
use crate::error::Error;
use crate::header::Header;
use crate::parallel::Sequential;
use crate::picture::decode;
use crate::plane::{Density, Plane};

mod scene;

const SEQUENTIAL: Coding = Coding { quality: 75, progressive: false, effort: Effort::Balanced };

const EFFORTS: [Effort; 3] = [Effort::Fast, Effort::Balanced, Effort::Small];

fn encode(planes: &[Plane], coding: Coding, attachments: &Attachments<'_>) -> Result<Vec<u8>, Error> {
    Encoder::new().encode(Cow::Borrowed(planes), coding, attachments)
}

/// Returns the samples of a file without damage.
fn decoded(bytes: &[u8]) -> Vec<Vec<u8>> {
    let request = Request { levels: &[0], ..Request::default() };
    let mut decoded = decode(bytes, &Header::read(bytes).unwrap(), &request, &Sequential).unwrap();
    assert_eq!(decoded.damage, None);
    decoded.levels.swap_remove(0).1.into_iter().map(|plane| plane.samples).collect()
}

#[test]
fn every_size_is_read_back_nearly_as_it_was() {
    for (progressive, effort) in
        [false, true].into_iter().flat_map(|progressive| EFFORTS.map(|effort| (progressive, effort)))
    {
        let coding = Coding { quality: 98, progressive, effort };
        for (width, height) in [(1, 1), (7, 9), (8, 8), (16, 16), (17, 33), (31, 15), (100, 1), (1, 100), (130, 70)] {
            for planes in [colour(width, height), full_colour(width, height), vec![scene(width, height, 3)]] {
                let found = decoded(&encode(&planes, coding, &Attachments::default()).unwrap());
                assert_eq!(found.len(), planes.len());
                for (plane, found) in planes.iter().zip(found) {
                    let apart: u64 =
                        plane.samples.iter().zip(&found).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2)).sum();
                    let mean = apart as f64 / plane.samples.len() as f64;
                    assert!(mean < 6.0, "{width} × {height}, progressive: {progressive}: {mean}");
                }
            }
        }
    }
}

#[test]
fn progressive_files_hold_the_same_coefficients() {
    for (quality, effort) in [(5, 0), (50, 1), (75, 2), (95, 2), (100, 1)] {
        for planes in [colour(333, 217), vec![scene(333, 217, 3)]] {
            let coding = |progressive| Coding { quality, progressive, effort: EFFORTS[effort] };
            let sequential = encode(&planes, coding(false), &Attachments::default()).unwrap();
            let progressive = encode(&planes, coding(true), &Attachments::default()).unwrap();
            assert!(decoded(&sequential) == decoded(&progressive), "quality {quality}, {} planes", planes.len());
        }
    }
}

/// A run of empty blocks is longer than one symbol can code, and there are more corrections than may be held back.
#[test]
fn large_empty_pictures_work() {
    let flat = |width: usize, height: usize| plane(width, height, |x, y| if x < 8 && y < 8 { 255 } else { 100 });
    let planes = [flat(2048, 2048), flat(1024, 1024), flat(1024, 1024)];
    let coding = Coding { quality: 75, progressive: true, effort: Effort::Balanced };
    let bytes = encode(&planes, coding, &Attachments::default()).unwrap();
    assert!(bytes.len() < 30_000, "{}", bytes.len());
    assert_eq!(decoded(&bytes)[0][2047], 100);
}

#[test]
fn an_encoder_forgets_what_it_encoded_before() {
    let mut encoder = Encoder::new();
    for (width, height) in [(130, 70), (333, 217), (20, 20), (9, 300)] {
        for planes in [colour(width, height), vec![scene(width, height, 3)]] {
            for coding in [SEQUENTIAL, Coding { quality: 90, progressive: true, effort: Effort::Small }] {
                let found = encoder.encode(Cow::Borrowed(&planes), coding, &Attachments::default()).unwrap();
                assert!(found == encode(&planes, coding, &Attachments::default()).unwrap(), "{width} × {height}");
            }
        }
    }
}

#[test]
fn more_effort_makes_smaller_files() {
    for planes in [colour(333, 217), vec![scene(333, 217, 3)]] {
        let lengths = EFFORTS.map(|effort| {
            let coding = Coding { quality: 75, progressive: true, effort };
            encode(&planes, coding, &Attachments::default()).unwrap().len()
        });
        assert!(lengths.is_sorted_by(|less_effort, more_effort| less_effort > more_effort), "{lengths:?}");
    }
}

#[test]
fn profiles_and_exif_are_put_before_the_frame() {
    let profile = vec![7; 150_000];
    let bytes = encode(
        &colour(20, 20),
        SEQUENTIAL,
        &Attachments { profile: Some(&profile), exif: Some(b"II*\0"), ..Attachments::default() },
    )
    .unwrap();
    let mut decoder = JpegDecoder::new(ZCursor::new(&bytes));
    decoder.decode_headers().unwrap();
    assert_eq!(decoder.icc_profile(), Some(profile));
    assert_eq!(decoder.exif().map(Vec::as_slice), Some(&b"II*\0"[..]));
    assert!(
        encode(
            &colour(20, 20),
            SEQUENTIAL,
            &Attachments { profile: Some(&vec![0; 17_000_000]), ..Attachments::default() }
        )
        .is_err()
    );
}

#[test]
fn quantization_tables_are_written_in_zigzag_order() {
    let bytes = encode(&colour(16, 16), SEQUENTIAL, &Attachments::default()).unwrap();
    let tables: Vec<&[u8]> = crate::markers::segments(&bytes)
        .filter(|segment| segment.marker == crate::markers::DQT)
        .map(|segment| segment.payload)
        .collect();
    let tables = tables.concat();
    assert_eq!(tables[..9], [0, 5, 6, 6, 9, 7, 9, 13, 10]);
    assert_eq!(tables[65..74], [1, 8, 8, 8, 11, 9, 11, 14, 12]);
}

#[test]
fn planes_that_do_not_fit_together_are_refused() {
    let side = |side: usize| scene(side, side, 0);
    assert!(encode(&[side(8), side(8), side(4)], SEQUENTIAL, &Attachments::default()).is_err());
    assert!(encode(&[side(8), side(4)], SEQUENTIAL, &Attachments::default()).is_err());
    assert!(encode(&[], SEQUENTIAL, &Attachments::default()).is_err());
    assert!(encode(&[plane(65_536, 1, |_, _| 0)], SEQUENTIAL, &Attachments::default()).is_err());
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
        let files = [false, true].map(|progressive| {
            encode(&planes, Coding { quality, progressive, effort: EFFORTS[effort] }, &Attachments::default()).unwrap()
        });
        prop_assert!(decoded(&files[0]) == decoded(&files[1]));
    }
}
