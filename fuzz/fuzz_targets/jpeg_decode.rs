//! Our JPEG decoder against zune-jpeg: any bytes, no panic, and where both take a file without complaint, the same samples.
//!
//! Two exact transforms of the same coefficients differ by one when they round differently; [`TOLERANCE`] is that.

#![no_main]

use std::panic::catch_unwind;

use cimaise::image::fuzzing::{Samples, decode_jpeg};
use cimaise::image::{Format, read_header};
use libfuzzer_sys::fuzz_target;

#[path = "../differential/zune.rs"]
mod zune;

/// By how much a sample may differ.
const TOLERANCE: u8 = 1;

/// No more pixels than that are decoded, so that there can be many runs.
const MOST_PIXELS: u64 = 1 << 18;

fuzz_target!(
    init: forgive_zune(),
    |bytes: &[u8]| {
        let Ok(header) = read_header(bytes) else { return };
        if header.format != Format::Jpeg || header.stored.pixels() > MOST_PIXELS {
            return;
        }
        let Ok((levels, damaged)) = decode_jpeg(bytes, &[0, 1, 2, 3]) else { return };
        // A level is the same whatever else is wanted.
        for level in &levels {
            let alone = decode_jpeg(bytes, &[level.0]).expect("a level that was there before");
            assert_eq!((vec![level], damaged), (alone.0.iter().collect(), alone.1));
        }
        if !damaged && !has_restarts(bytes) {
            compare(&levels[0].1, bytes);
        }
    }
);

fn compare(planes: &[Samples], bytes: &[u8]) {
    let Ok(Some(others)) = catch_unwind(|| zune::decode(bytes)) else { return };
    assert_eq!(planes.len(), others.len());
    for (number, (ours, (width, height, theirs))) in planes.iter().zip(&others).enumerate() {
        assert_eq!((ours.width, ours.height), (*width, *height), "component {number}");
        for (place, (a, b)) in ours.samples.iter().zip(theirs).enumerate() {
            let (x, y) = (place % width, place / width);
            assert!(a.abs_diff(*b) <= TOLERANCE, "component {number} at {x}, {y}: {a} here, {b} there");
        }
    }
}

/// Whether there is anything that looks like a definition of a restart interval. zune-jpeg 0.5.16-rc3 puts some blocks of such
/// files into wrong places, where libjpeg-turbo is of our opinion.
fn has_restarts(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| pair == [0xFF, 0xDD])
}

/// From now on a panic inside of zune-jpeg unwinds, and is no finding; libFuzzer's own hook ends the process for any other.
fn forgive_zune() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !info.location().is_some_and(|place| place.file().contains("/zune-")) {
            hook(info);
        }
    }));
}
