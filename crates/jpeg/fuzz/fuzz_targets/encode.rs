//! Our JPEG encoder: any planes, any parameters; zune-jpeg and our own decoder read its files with the same
//! samples, in the right size, and as near to the planes as the quantization tables promise.
//!
//! The transform is orthonormal, so the squared errors of a block's samples add up to no more than those of its coefficients.
//! Rounding to nearest errs by half a step of the table; [`HALF_STEPS`] allows for coefficients that are reduced, or
//! zeroed, to save bytes. Rounding samples to integers, and clipping them, adds [`ROUNDING`] to each.

#![no_main]

use std::borrow::Cow;

use cimaise_jpeg_compare::ours::decode_jpeg;
use cimaise_jpeg_compare::{TOLERANCE, zune};
use jpeg::{Attachments, Coding, Density, Effort, Encoder, Header, Plane, Sequential};
use libfuzzer_sys::fuzz_target;

/// Largest error of a coefficient, in halves of a step.
const HALF_STEPS: f64 = 2.5;

/// Largest additional error of a sample.
const ROUNDING: f64 = 1.5;

fuzz_target!(|bytes: &[u8]| {
    let &[width, height, quality, flags, ref rest @ ..] = bytes else { return };
    let (width, height) = (1 + usize::from(width % 80), 1 + usize::from(height % 80));
    let (quality, progressive, gray) = (1 + quality % 100, flags & 1 != 0, flags & 2 != 0);
    let effort = [Effort::Fast, Effort::Balanced, Effort::Small, Effort::Balanced][usize::from(flags >> 2 & 3)];
    let mut source = rest.iter().copied().cycle();
    let mut plane = |width: usize, height: usize| Plane {
        width,
        height,
        density: [Density::FULL; 2],
        samples: (0..width * height).map(|_| source.next().unwrap_or(128)).collect(),
    };
    let mut planes = vec![plane(width, height)];
    if !gray {
        planes.extend([(); 2].map(|()| plane(width.div_ceil(2), height.div_ceil(2))));
    }

    let mut encoder = Encoder::new();
    let mut encode = |planes: &[Plane], coding| {
        encoder.encode(Cow::Borrowed(planes), coding, &Attachments::default()).expect("planes that fit")
    };
    let coding = Coding { quality, progressive, effort };
    let file = encode(&planes, coding);
    // Earlier work of an encoder has no effect.
    encode(&planes[..1], Coding { quality: 101 - quality, progressive: !progressive, effort: Effort::Balanced });
    assert_eq!(encode(&planes, coding), file);
    let size = Header::read(&file).expect("our own header").size;
    assert_eq!((size.width as usize, size.height as usize), (width, height));
    let (levels, damaged) = decode_jpeg(&file, &[0], &Sequential).expect("our own file");
    let ours = &levels[0].1;
    assert!(!damaged, "our own file is damaged");
    let theirs = zune::decode(&file).expect("a file that others read");
    let tables = tables(&file);
    assert_eq!((ours.len(), theirs.len()), (planes.len(), planes.len()));
    for (number, ((plane, ours), (width, height, theirs))) in planes.iter().zip(ours).zip(&theirs).enumerate() {
        assert_eq!((ours.width, ours.height), (plane.width, plane.height));
        assert_eq!((*width, *height), (plane.width, plane.height));
        assert!(
            ours.samples.iter().zip(theirs).all(|(a, b)| a.abs_diff(*b) <= TOLERANCE),
            "component {number} is read differently"
        );
        // If both tables would be the same, there is only one.
        near(plane, ours, &tables[number.min(tables.len() - 1)]);
    }
});

/// Checks that each block of `decoded` is as near to `plane` as `table` allows.
fn near(plane: &Plane, decoded: &Plane, table: &[u8]) {
    let squares: f64 = table.iter().map(|step| (f64::from(*step) * HALF_STEPS / 2.0).powi(2)).sum();
    for top in (0..plane.height).step_by(8) {
        for left in (0..plane.width).step_by(8) {
            let places = (top..plane.height.min(top + 8))
                .flat_map(|y| (left..plane.width.min(left + 8)).map(move |x| y * plane.width + x));
            let (mut error, mut count) = (0.0, 0.0);
            for place in places {
                error += f64::from(plane.samples[place].abs_diff(decoded.samples[place])).powi(2);
                count += 1.0;
            }
            // The triangle inequality for the two kinds of error.
            let most = squares.sqrt() + ROUNDING * f64::sqrt(count);
            assert!(
                error.sqrt() <= most,
                "the block at {left}, {top} is off by {:.1}, at most {most:.1}",
                error.sqrt()
            );
        }
    }
}

/// Returns the quantization tables of a file of ours, which have 8 bits.
fn tables(file: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut rest = &file[2..];
    while let [0xFF, marker, high, low, ..] = *rest {
        let length = 2 + usize::from(u16::from_be_bytes([high, low]));
        match marker {
            // Several tables may share a segment.
            0xDB => found.extend(rest[4..length].chunks(65).map(|table| table[1..].to_vec())),
            0xDA => break,
            _ => {}
        }
        rest = &rest[length..];
    }
    found
}
