//! Removal of metadata from a PNG file: the chunks that define its pixels stay as they are.

use super::carriers::XMP;
use super::chunks::{SIGNATURE, chunks};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::metadata::kept::Kept;

/// The chunks that define pixels, colours and animation.
const KEPT: [&[u8; 4]; 16] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Removes all other chunks, and all data after the picture; adds the blocks that are kept. There is no chunk for IPTC's datasets.
pub(crate) fn strip(bytes: &[u8], kept: &Kept) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(SIGNATURE);
    for chunk in chunks(bytes) {
        if KEPT.contains(&&chunk.name) {
            out.extend_from_slice(chunk.whole);
        }
        if &chunk.name == b"IHDR" {
            if let Some(block) = &kept.exif {
                write_chunk(&mut out, b"eXIf", block);
            }
            if let Some(packet) = &kept.xmp {
                // Not compressed; no language, no translated name.
                write_chunk(&mut out, b"iTXt", &[XMP, &[0; 5], packet].concat());
            }
        }
        if &chunk.name == b"IEND" {
            return Ok(out);
        }
    }
    Err(Error::Truncated(Format::Png))
}

fn write_chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    out.extend(name);
    out.extend(data);
    out.extend(checksum([&name[..], data]).to_be_bytes());
}

/// Returns the CRC of the PNG specification (annex D), computed bit by bit because it is needed only for a few bytes.
fn checksum(parts: [&[u8]; 2]) -> u32 {
    let mut crc = u32::MAX;
    for byte in parts.into_iter().flatten() {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_standard_one() {
        assert_eq!(checksum([b"IEND", b""]), 0xAE42_6082);
    }
}
