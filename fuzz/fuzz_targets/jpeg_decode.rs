//! Our JPEG decoder against zune-jpeg: any bytes, no panic, and where both take a file without complaint, the same samples.
//!
//! Two exact transforms of the same coefficients differ by one when they round differently; [`TOLERANCE`] is that.

#![no_main]

use std::panic::catch_unwind;

use cimaise::image::fuzzing::decode_jpeg;
use cimaise::image::{Format, read_header};
use libfuzzer_sys::fuzz_target;

#[path = "../differential/zune.rs"]
mod zune;

/// By how much a sample may differ.
const TOLERANCE: u8 = 1;

/// No more pixels than that are decoded, so that there can be many runs.
const MOST_PIXELS: u64 = 1 << 18;

fuzz_target!(|bytes: &[u8]| {
    let Ok(header) = read_header(bytes) else { return };
    if header.format != Format::Jpeg || header.stored.pixels() > MOST_PIXELS {
        return;
    }
    let Ok((planes, false)) = decode_jpeg(bytes) else { return };
    let Ok(Some(others)) = catch_unwind(|| zune::decode(bytes)) else { return };
    assert_eq!(planes.len(), others.len());
    for (number, (ours, (width, height, theirs))) in planes.iter().zip(&others).enumerate() {
        assert_eq!((ours.width, ours.height), (*width, *height), "component {number}");
        for (place, (a, b)) in ours.samples.iter().zip(theirs).enumerate() {
            let (x, y) = (place % width, place / width);
            assert!(a.abs_diff(*b) <= TOLERANCE, "component {number} at {x}, {y}: {a} here, {b} there");
        }
    }
});
