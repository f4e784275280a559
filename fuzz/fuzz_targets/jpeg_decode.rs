//! Our JPEG decoder against zune-jpeg: any bytes, no panic, and where both take a file without complaint, the same samples.
//!
//! Two exact transforms of the same coefficients differ by one when they round differently; [`TOLERANCE`] is that.

#![no_main]

use std::panic::catch_unwind;

use jpeg::{Header, Parallelism, Plane, Sequential, read_coefficients};
use libfuzzer_sys::fuzz_target;
use ours::decode_jpeg;

#[path = "../differential/errors.rs"]
mod errors;
#[path = "../differential/ours.rs"]
mod ours;
#[path = "../differential/zune.rs"]
mod zune;

/// By how much a sample may differ.
const TOLERANCE: u8 = 1;

/// No more pixels than that are decoded, so that there can be many runs.
const MOST_PIXELS: u64 = 1 << 16;

/// Blocks whose coefficients add up to more may overflow 16 bits within the transform, which wraps around here, as documented, and
/// not there. Samples of 8 bits cannot bring forth a block with more than 8192.
const MOST_CONTRAST: u32 = 4096;

/// Does several things at once as far as anybody can tell, the last first.
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
        // A level is the same whatever else is wanted, and whoever does it.
        if let Some(level) = levels.last() {
            let alone = decode_jpeg(bytes, &[level.0], &Sequential).expect("a level that was there before");
            assert_eq!((vec![level], damaged), (alone.0.iter().collect(), alone.1));
        }
        if !damaged && !errors::are_likely(bytes) && greatest_block(bytes, &header) <= MOST_CONTRAST {
            compare(&levels[0].1, bytes);
        }
    }
);

/// The largest sum of the absolute values of a block's coefficients, as they are before the inverse transform.
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

/// From now on a panic inside of zune-jpeg unwinds, and is no finding; libFuzzer's own hook ends the process for any other.
fn forgive_zune() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !info.location().is_some_and(|place| place.file().contains("/zune-")) {
            hook(info);
        }
    }));
}
