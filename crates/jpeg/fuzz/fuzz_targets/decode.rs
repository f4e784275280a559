//! Our JPEG decoder compared with zune-jpeg: any bytes, no panic; if both accept a file without complaint, the samples are the same.
//!
//! Two exact transforms of the same coefficients differ by one if they round differently: [`TOLERANCE`].

#![no_main]

use std::panic::catch_unwind;

use cimaise_jpeg_compare::ours::decode_jpeg;
use cimaise_jpeg_compare::{TOLERANCE, errors, zune};
use jpeg::{Header, Parallelism, Plane, Sequential, read_coefficients};
use libfuzzer_sys::fuzz_target;

/// Limit on the pixels decoded, so that many runs are possible.
const MOST_PIXELS: u64 = 1 << 16;

/// Blocks with a larger sum of coefficients may overflow 16 bits within the transform. Our decoder wraps around, as documented;
/// zune-jpeg does not. Samples of 8 bits cannot result in a block with more than 8192.
const MOST_CONTRAST: u32 = 4096;

/// Claims to run several calls in parallel; runs the last one first.
struct Backwards;

impl Parallelism for Backwards {
    fn count(&self) -> usize {
        3
    }

    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        (0..count).rev().for_each(work);
    }
}

fuzz_target!(
    init: forgive_zune(),
    |bytes: &[u8]| {
        let Ok(header) = Header::read(bytes) else { return };
        if header.size.pixels() > MOST_PIXELS {
            return;
        }
        let wanted = [&[0, 1, 2, 3], &[0, 2][..], &[0]][bytes.len() % 3];
        let Ok((levels, damaged)) = decode_jpeg(bytes, wanted, &Backwards) else { return };
        // A level does not depend on other levels, nor on the threads.
        if let Some(level) = levels.last() {
            let alone = decode_jpeg(bytes, &[level.0], &Sequential).expect("a level that was there before");
            assert_eq!((vec![level], damaged), (alone.0.iter().collect(), alone.1));
        }
        if !damaged && !errors::are_likely(bytes) && greatest_block(bytes, &header) <= MOST_CONTRAST {
            compare(&levels[0].1, bytes);
        }
    }
);

/// Returns the largest sum of the absolute values of a block's coefficients, before the inverse transform.
fn greatest_block(bytes: &[u8], header: &Header<'_>) -> u32 {
    let mut greatest = 0;
    let read = read_coefficients(
        bytes,
        header,
        |row| {
            for block in row.blocks {
                let values = block
                    .iter()
                    .zip(row.steps)
                    .map(|(value, step)| u32::from(value.unsigned_abs()) * u32::from(*step as u16));
                greatest = greatest.max(values.fold(0, u32::saturating_add));
            }
        },
        &Sequential,
    );
    if read.is_ok() { greatest } else { u32::MAX }
}

fn compare(planes: &[Plane], bytes: &[u8]) {
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

/// Ignores panics inside of zune-jpeg, which unwind from now on; libFuzzer's own hook ends the process for any other.
fn forgive_zune() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !info.location().is_some_and(|place| place.file().contains("/zune-")) {
            hook(info);
        }
    }));
}
