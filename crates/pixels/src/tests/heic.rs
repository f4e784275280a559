//! HEIC files whose declarations differ from their content: the memory for their tiles is computed before it is allocated.

use super::make::size;
use crate::base::error::Error;
use crate::open::header::read_header;

fn grid() -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/grid.heic");
    std::fs::read(path).unwrap()
}

fn place(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|window| window == wanted).unwrap()
}

/// Returns a number as in parameter sets: after as many zeros as it has bits after its first (H.265, 9.2).
fn exp_golomb(value: u32) -> Vec<bool> {
    let bits = 32 - (value + 1).leading_zeros();
    let zeros = std::iter::repeat_n(false, bits as usize - 1);
    zeros.chain((0..bits).rev().map(|bit| (value + 1) >> bit & 1 == 1)).collect()
}

/// Returns a unit without the bytes that keep it from looking like the beginning of another unit; the next function adds them (H.265,
/// 7.3.1.1).
fn without_prevention(bytes: &[u8]) -> Vec<u8> {
    let kept = |at: usize| !(bytes[at] == 3 && at >= 2 && bytes[at - 2..at] == [0, 0]);
    (0..bytes.len()).filter(|at| kept(*at)).map(|at| bytes[at]).collect()
}

fn with_prevention(bytes: &[u8]) -> Vec<u8> {
    let mut written: Vec<u8> = Vec::new();
    for byte in bytes {
        if written.ends_with(&[0, 0]) && *byte <= 3 {
            written.push(3);
        }
        written.push(*byte);
    }
    written
}

/// Returns the grid with another size of tiles in their parameter set; their data stay unchanged. The set before it becomes shorter by
/// as much as this one becomes longer.
fn with_tiles_of(side: u32) -> Vec<u8> {
    let bytes = grid();
    let first = place(&bytes, b"\0\x18\x40\x01");
    let second = place(&bytes, b"\0\x2B\x42\x01");
    // After profile and level: the numbers 0 and 1 in four bits, then twice 64 in 13.
    let sides = second + 2 + 2 + place(&bytes[second + 4..], b"\x1E\xA0\x20\x81\x05") + 1;
    let end = second + 2 + 0x2B;
    let bits = without_prevention(&bytes[sides..end])
        .into_iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1));
    let bits: Vec<bool> = bits.collect();
    let side = exp_golomb(side);
    let changed = [&bits[..4], &side, &side, &bits[4 + 26..]].concat();
    let packed = changed
        .chunks(8)
        .map(|bits| bits.iter().enumerate().fold(0, |byte, (at, bit)| byte | u8::from(*bit) << (7 - at)));
    let packed = with_prevention(&packed.collect::<Vec<u8>>());
    let more = packed.len() - (end - sides);
    let result = [
        &bytes[..first],
        &[0, 0x18 - more as u8],
        &bytes[first + 2..first + 2 + 0x18 - more],
        &bytes[first + 2 + 0x18..second],
        &[0, 0x2B + more as u8],
        &bytes[second + 2..sides],
        &packed,
        &bytes[end..],
    ]
    .concat();
    assert_eq!(result.len(), bytes.len());
    result
}

#[test]
fn tiles_that_are_larger_than_the_picture_are_reckoned_as_large_as_they_are() {
    assert!(with_tiles_of(64) == grid());
    let usual = read_header(&grid()).unwrap();
    let header = read_header(&with_tiles_of(4088)).unwrap();
    assert_eq!((usual.stored, header.stored), (size(120, 100), size(120, 100)));
    // A row of two tiles of 4:2:0, with three copies of two bytes per sample.
    assert!(header.working_memory > 2 * 6 * (4088 * 4088 * 3 / 2), "{}", header.working_memory);
    assert!(usual.working_memory < 8 << 20);
    assert_eq!(read_header(&with_tiles_of(16_376)), Err(Error::TooMuchMemory));
}

#[test]
fn items_that_lie_over_each_other_are_refused_before_they_are_copied() {
    let mut bytes = grid();
    let padding = 2_u32 << 20;
    bytes.extend([&padding.to_be_bytes()[..], b"free", &vec![0; padding as usize - 8]].concat());
    assert!(read_header(&bytes).is_ok());
    // Offset and length of the four tiles and the depth item, after number, reference and count.
    let places = place(&bytes, b"iloc") + 12;
    let whole = bytes.len() as u32;
    for item in 0..5 {
        let at = places + 14 * item + 6;
        bytes[at..at + 4].fill(0);
        bytes[at + 4..at + 8].copy_from_slice(&whole.to_be_bytes());
    }
    let error = read_header(&bytes).unwrap_err();
    assert_eq!(error.to_string(), "the HEIC data is damaged: its boxes ask for far more than they hold");
}
