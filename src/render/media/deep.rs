//! Frames of a high dynamic range, as the pixel library reads them.
//!
//! In: a PNG of 16 bits from ffmpeg, and the curve of the film's samples. Out: the same PNG with the chunk that names its colours, from which
//! the pixel library converts it like a photo. Older versions of ffmpeg do not write the chunk. Must not know sizes or videos.

use crate::ffmpeg::Curve;

/// Length of the signature and the header of a PNG.
const START: usize = 33;

/// Chunks `cICP`, with length and checksum: primaries of BT.2020, the curve, no matrix, full range.
const PQ: [u8; 16] = *b"\x00\x00\x00\x04cICP\x09\x10\x00\x01M##\xFE";
const HLG: [u8; 16] = *b"\x00\x00\x00\x04cICP\x09\x12\x00\x01N\xA7\xF7\x90";

/// Places the chunk before all others; a later chunk that says something else does not count. Data that is too short to be a PNG stays as it
/// is.
pub(super) fn tag(mut png: Vec<u8>, curve: Curve) -> Vec<u8> {
    let chunk = match curve {
        Curve::Pq => PQ,
        Curve::Hlg => HLG,
    };
    if png.len() >= START {
        png.splice(START..START, chunk);
    }
    png
}

#[cfg(test)]
mod tests {
    use image::codecs::png::PngEncoder;
    use image::{ExtendedColorType, ImageEncoder};
    use pixels::{ColorSpace, read_header};

    use super::*;

    #[test]
    fn the_pixel_library_knows_a_tagged_frame() {
        let mut png = Vec::new();
        let samples = [7; 2 * 3 * 4];
        PngEncoder::new(&mut png).write_image(&samples, 2, 2, ExtendedColorType::Rgb16).expect("encoded");
        let space = |png: &[u8]| read_header(png).expect("a PNG").color_space;
        assert_eq!(space(&png), ColorSpace::Srgb);
        for curve in [Curve::Pq, Curve::Hlg] {
            let tagged = tag(png.clone(), curve);
            assert_eq!(space(&tagged), ColorSpace::Foreign);
            let other = if curve == Curve::Pq { Curve::Hlg } else { Curve::Pq };
            assert_eq!(space(&tag(tagged, other)), ColorSpace::Foreign, "another chunk follows");
        }
        assert_eq!(tag(b"short".to_vec(), Curve::Pq), b"short");
    }
}
