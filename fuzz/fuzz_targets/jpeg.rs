//! JPEG from the inside: valid frames and scans, built from the first bytes, with any entropy-coded data. So
//! each input reaches the decoder of coefficients, in all its modes: sequential and progressive, any sampling factors, restart
//! intervals, scans in any order, with 8 and with 12 bits, in each orientation.

#![no_main]

use cimaise_fuzz::{forgive_dependencies, render_all};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: forgive_dependencies(), |bytes: &[u8]| {
    if let Some(file) = file(bytes) {
        render_all(&file, |_| true);
    }
});

/// Returns the file that some bytes describe: its header by the first bytes, each scan by a few, followed by its data. `None` if there
/// are too few bytes.
fn file(bytes: &[u8]) -> Option<Vec<u8>> {
    let (&[kind, width, height, factors, tables, interval], mut rest) = bytes.split_first_chunk()?;
    let progressive = kind & 1 == 1;
    let precision = if kind & 2 == 2 { 12 } else { 8 };
    let count = [1, 3, 3, 4][usize::from(kind >> 2 & 3)];
    let mut file = vec![0xFF, 0xD8];
    // Exif with an orientation alone.
    let orientation = 1 + (tables >> 4 & 7);
    let entry = [1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
    segment(&mut file, 0xE1, &[b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01".as_slice(), &entry, &[0; 4]].concat());
    segment(&mut file, 0xDB, &[&[0][..], &[1 + (kind >> 4); 64]].concat());
    for (class, number) in [(0, 0), (0, 1), (16, 0), (16, 1)] {
        // All possible symbols, with short codes for frequent ones, of 2 to 16 bits; or no table, so that some are missing.
        if tables >> (class / 8 + number) & 1 == 0 {
            segment(&mut file, 0xC4, &huffman(class, number));
        }
    }
    // Some units of each size in both directions; more would only take longer.
    let mut frame = vec![precision, 0, 1 + height % 80, 0, 1 + width % 80, count];
    for component in 0..count {
        let factor = |bits: u8| 1 + (factors >> bits & 3);
        let [across, down] = if component == 0 { [factor(0), factor(2)] } else { [factor(4), factor(6)] };
        frame.extend([component + 1, across << 4 | down, 0]);
    }
    segment(&mut file, if progressive { 0xC2 } else { 0xC1 }, &frame);
    segment(&mut file, 0xDD, &[0, interval]);
    while let Some((&[parts, band, bits, length], after)) = rest.split_first_chunk() {
        let data = &after[..after.len().min(4 * usize::from(length))];
        rest = &after[data.len()..];
        let members: Vec<u8> = (1..=count).filter(|number| parts >> (number - 1) & 1 == 1).collect();
        let mut scan = vec![members.len() as u8];
        members.iter().for_each(|number| scan.extend([*number, parts >> 4 & 0x11]));
        scan.extend(if progressive { [band & 63, (band & 63).max(band >> 2), bits] } else { [0, 63, 0] });
        segment(&mut file, 0xDA, &scan);
        file.extend(data);
    }
    file.extend([0xFF, 0xD9]);
    Some(file)
}

/// Returns a table with the 162 symbols of a usual one: 2 bits for one of them, 16 for most.
fn huffman(class: u8, number: u8) -> Vec<u8> {
    let mut table = vec![class | number, 0, 1, 2, 2, 2, 2, 2, 2, 2, 4, 4, 8, 8, 16, 32, 75];
    let sizes = if class == 0 { 0 } else { 1 };
    for symbol in 0..162_u8 {
        // Runs of zeros in the upper half, sizes in the lower.
        table.push(if symbol < 160 { (symbol % 16) << 4 | (symbol / 16 + sizes) } else { [0x00, 0xF0][usize::from(symbol - 160)] });
    }
    table
}

fn segment(file: &mut Vec<u8>, marker: u8, payload: &[u8]) {
    file.extend([0xFF, marker]);
    file.extend((payload.len() as u16 + 2).to_be_bytes());
    file.extend(payload);
}
