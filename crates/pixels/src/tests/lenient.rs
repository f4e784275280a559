//! Files that break a rule in a way that all other programs forgive.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::gif::GifEncoder;
use image::{ExtendedColorType, RgbaImage};
use jpeg::Orientation;
use jpeg_encoder::{ColorType, Encoder};

use super::make::*;
use crate::base::color_space::ColorSpace;
use crate::base::recipe::{Encode, Encoding, Metadata, Recipe};
use crate::formats::gif::blocks::first_block;
use crate::icc::Curve;
use crate::icc::write::{self, Chromaticities};
use crate::open::header::read_header;

fn whole(bytes: &[u8], metadata: Metadata) -> Vec<u8> {
    rendered(bytes, |header| {
        Recipe::Encode(Encode { encoding: Encoding::Png, metadata, ..recipe(header, header.display()) })
    })
}

/// A GIF of four quarters, whose frame begins at `left` and `top` of a logical screen of 16 × 16.
fn gif(left: u16, top: u16) -> Vec<u8> {
    let (side, pixels) = stored(size(40, 30), Orientation::UPRIGHT, quarters);
    let rgba = pixels.as_chunks::<3>().0.iter().flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect();
    let frame = RgbaImage::from_raw(side.width, side.height, rgba).unwrap();
    let mut bytes = Vec::new();
    GifEncoder::new(&mut bytes).encode(&frame, 40, 30, ExtendedColorType::Rgba8).unwrap();
    let at = first_block(&bytes).unwrap();
    let at = at + bytes[at..].windows(9).position(|part| part == [0x2C, 0, 0, 0, 0, 40, 0, 30, 0]).unwrap();
    bytes[at + 1..at + 5].copy_from_slice(&[left.to_le_bytes(), top.to_le_bytes()].concat());
    bytes[6..10].copy_from_slice(&[16, 0, 16, 0]);
    bytes
}

#[test]
fn the_screen_of_a_gif_grows_to_contain_its_first_frame() {
    for (left, top) in [(0, 0), (5, 0), (3, 7)] {
        let bytes = gif(left, top);
        let header = read_header(&bytes).unwrap();
        let (across, down) = (u32::from(left), u32::from(top));
        assert_eq!((header.display(), header.alpha), (size(40 + across, 30 + down), left + top > 0));
        let found = look(&whole(&bytes, Metadata::None));
        for (x, y, color) in [(0, 0, [220, 30, 30]), (39, 0, [30, 200, 30]), (39, 29, [240; 3])] {
            assert!(near(&pixel(&found, across + x, down + y)[..3], &color, 1), "frame at {left}, {top}");
        }
        if left > 0 {
            assert_eq!(pixel(&found, 0, 0)[3], 0);
        }
    }
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

/// Returns a PNG with a chunk before its pixels.
fn with_chunk(png: &[u8], name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(name);
    crc.update(data);
    let chunk = [&(data.len() as u32).to_be_bytes()[..], name, data, &crc.sum().to_be_bytes()].concat();
    [&png[..33], &chunk, &png[33..]].concat()
}

#[test]
fn exif_in_a_text_of_a_png_turns_the_picture_and_is_removed() {
    let turn = Orientation::from_exif(6);
    let upright = size(30, 40);
    let plain = {
        let (size, pixels) = stored(upright, turn, quarters);
        let mut bytes = Vec::new();
        let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
        image::ImageEncoder::write_image(encoder, &pixels, size.width, size.height, ExtendedColorType::Rgb8).unwrap();
        bytes
    };
    let block = [b"Exif\0\0", &exif(turn)[..]].concat();
    let digits: String = block.iter().map(|byte| format!("{byte:02x}")).collect();
    for kind in ["exif", "APP1"] {
        let name = format!("Raw profile type {kind}");
        let text = format!("\n{kind}\n{:8}\n{digits}\n", block.len());
        for (chunk, data) in [
            (b"tEXt", [name.as_bytes(), b"\0", text.as_bytes()].concat()),
            (b"zTXt", [name.as_bytes(), b"\0\0", &packed(text.as_bytes())].concat()),
            (b"iTXt", [name.as_bytes(), b"\0\0\0\0\0", text.as_bytes()].concat()),
            (b"iTXt", [name.as_bytes(), b"\0\x01\0\0\0", &packed(text.as_bytes())].concat()),
        ] {
            let bytes = with_chunk(&plain, chunk, &data);
            assert_eq!(read_header(&bytes).unwrap().display(), upright);
            let result = whole(&bytes, Metadata::None);
            let found = look(&result);
            assert_eq!(found.0, upright);
            assert_eq!([(0, 0), (29, 0), (0, 39)].map(|(x, y)| pixel(&found, x, y)[1]), [30, 200, 30]);
            let kept = rendered(&bytes, |_| Recipe::Keep { metadata: Metadata::AllButLocation });
            assert_eq!(read_header(&kept).unwrap().display(), upright);
            for bytes in [&result, &kept] {
                let has = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
                assert!(!has(b"Raw profile") && !has(b"SERIAL") && !has(b"LOCATION") && !has(b"53455249414c"));
            }
        }
    }
}

#[test]
fn a_profile_for_rgb_in_a_gray_picture_is_ignored() {
    for chromaticities in [Chromaticities::SRGB, Chromaticities::ADOBE, Chromaticities::P3] {
        let profile = write::rgb(&chromaticities.columns().unwrap(), &Curve::Power(2.2));
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 95);
        encoder.add_app_segment(2, [b"ICC_PROFILE\0\x01\x01", &profile[..]].concat()).unwrap();
        encoder.encode(&[90; 40 * 30], 40, 30, ColorType::Luma).unwrap();
        let header = read_header(&bytes).unwrap();
        assert_eq!((header.color_space, header.bad_profile), (ColorSpace::Srgb, false));
        assert_eq!(pixel(&look(&whole(&bytes, Metadata::None)), 20, 15), [90]);
    }
}
