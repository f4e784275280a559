//! Small files that request much memory: they are refused before it is allocated.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::ImageDecoder as _;
use jpeg::Orientation;

use super::make::*;
use crate::base::format::Format;
use crate::base::recipe::Recipe;
use crate::formats::image_crate;
use crate::open::header::read_header;
use crate::render;

/// Returns a TIFF file of 16 × 16 gray pixels with these entries (tag and number of four bytes) besides the usual ones, and
/// some bytes after its directory.
fn tiff(more: &[(u16, u32)], behind: &[u8]) -> Vec<u8> {
    let mut entries = vec![(256, 16), (257, 16), (258, 8), (262, 1), (277, 1)];
    entries.extend(more);
    entries.sort();
    let mut bytes = b"II\x2A\0\x08\0\0\0".to_vec();
    bytes.extend((entries.len() as u16).to_le_bytes());
    for (tag, number) in entries {
        bytes.extend([&tag.to_le_bytes()[..], &[4, 0, 1, 0, 0, 0], &number.to_le_bytes()].concat());
    }
    bytes.extend([&[0; 4], behind].concat());
    bytes
}

/// Returns the position of the bytes after the directory, with this number of entries besides the usual ones.
fn behind(more: u32) -> u32 {
    8 + 2 + 12 * (5 + more) + 4
}

fn refused(bytes: &[u8]) -> String {
    read_header(bytes).unwrap_err().to_string()
}

#[test]
fn a_tile_that_is_far_larger_than_its_picture_is_refused() {
    let tiled =
        |side: u32| tiff(&[(259, 1), (322, side), (323, 16), (324, behind(5)), (325, side * 16)], &[7; 4096 * 16]);
    assert_eq!(read_header(&tiled(4096)).unwrap().stored, size(16, 16));
    assert_eq!(refused(&tiled(4112)), "the TIFF data is damaged: its tiles are far larger than the picture");
}

#[test]
fn a_strip_in_jpeg_that_is_larger_than_its_place_is_refused() {
    let strip = |side: u16| {
        let [a, b] = side.to_be_bytes();
        let frame = [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, a, b, a, b, 1, 1, 0x11, 0];
        let jpeg = [&frame[..], &[0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0xFF, 0xD9]].concat();
        tiff(&[(259, 7), (273, behind(4)), (278, 16), (279, jpeg.len() as u32)], &jpeg)
    };
    let fits = read_header(&strip(32)).unwrap();
    assert_eq!(fits.stored, size(16, 16));
    assert_eq!(refused(&strip(16_384)), "the TIFF data is damaged: a part of it is larger than its place");
}

#[test]
fn strips_in_jpeg_that_are_all_the_same_bytes_are_refused() {
    let mut rows = tiff(&[(259, 7), (273, 0), (278, 1), (279, 0)], &[]);
    // Sixteen strips: the lists of their offsets and lengths follow the directory, and then come the bytes that all of them share.
    let [lists, data] = [behind(4), behind(4) + 128];
    for (tag, list) in [(273_u16, lists), (279, lists + 64)] {
        let at = rows.windows(2).position(|pair| pair == tag.to_le_bytes()).unwrap();
        rows[at + 4..at + 8].copy_from_slice(&16_u32.to_le_bytes());
        rows[at + 8..at + 12].copy_from_slice(&list.to_le_bytes());
    }
    rows.extend([data.to_le_bytes(); 16].concat());
    rows.extend([1000_u32.to_le_bytes(); 16].concat());
    rows.extend([0; 1000]);
    assert_eq!(refused(&rows), "the TIFF data is damaged: its parts lie over each other");
}

#[test]
fn a_list_of_sample_formats_that_is_empty_is_refused() {
    let entries = [(259, 1), (273, behind(4)), (279, 256), (339, 1)];
    let mut bytes = tiff(&entries, &[7; 256]);
    assert!(read_header(&bytes).is_ok());
    let at = bytes.windows(2).position(|pair| pair == 339_u16.to_le_bytes()).unwrap();
    bytes[at + 4] = 0;
    assert_eq!(refused(&bytes), "the TIFF data is damaged: it lists no kinds of samples");
    // The same in BigTIFF, reduced to the part before the list.
    let mut big = b"MM\0\x2B\0\x08\0\0\0\0\0\0\0\0\0\x10".to_vec();
    big.extend([&3_u64.to_be_bytes()[..], &[1, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 16, 0, 0, 0, 0, 0, 0]].concat());
    big.extend([1, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 16, 0, 0, 0, 0, 0, 0]);
    big.extend([1, 0x53, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0]);
    assert_eq!(refused(&big), "the TIFF data is damaged: it lists no kinds of samples");
}

#[test]
fn a_frame_of_a_gif_that_is_larger_than_its_screen_is_reckoned_with() {
    let gif = |across: u16, down: u16, top: u16| {
        let mut bytes = b"GIF89a\x10\0\x10\0\x80\0\0\0\0\0\xFF\xFF\xFF\x2C\0\0".to_vec();
        bytes.extend([top, across, down].map(u16::to_le_bytes).concat());
        bytes.extend([0, 2, 2, 0x44, 1, 0, 0x3B]);
        bytes
    };
    let memory = |bytes: &[u8]| read_header(bytes).unwrap().working_memory;
    let usual = memory(&gif(16, 16, 0));
    assert!(memory(&gif(9_000, 2_573, 100)) >= usual + 5 * 9_000 * 2_573);
    assert_eq!(memory(&gif(15, 16, 0)), usual + 5 * 15 * 16);
    assert!(refused(&gif(65_535, 65_535, 0)).contains("65535"), "more pixels than any picture may have");
}

#[test]
fn a_colour_profile_that_unpacks_to_far_more_than_its_file_is_left_where_it_is() {
    let plain = png(size(40, 30), Orientation::UPRIGHT, false, quarters);
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&vec![0; 32 << 20]).unwrap();
    let data = [b"iCCPx\0\0", &packer.finish().unwrap()[..]].concat();
    let chunk = [&(data.len() as u32 - 4).to_be_bytes()[..], &data, &crc32(&data).to_be_bytes()].concat();
    let bytes = [&plain[..33], &chunk, &plain[33..]].concat();
    assert!(bytes.len() < 100_000);
    let mut decoder =
        image::codecs::png::PngDecoder::with_limits(std::io::Cursor::new(&bytes), image_crate::limits_beside(&bytes))
            .unwrap();
    assert_eq!(decoder.icc_profile().unwrap(), None);
    assert_eq!(read_header(&bytes).unwrap().format, Format::Png);
    let found = look(&rendered(&bytes, |header| Recipe::Encode(recipe(header, size(20, 15)))));
    assert_eq!(found.0, size(20, 15));
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[test]
fn thousands_of_frames_that_are_not_seen_are_too_many() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hidden-frame.jxl");
    let file = std::fs::read(path).unwrap();
    let with = |times: usize| [&file[..6], &file[6..116].repeat(times), &file[116..]].concat();
    let smaller = |bytes: &[u8]| {
        let header = read_header(bytes).unwrap();
        render(bytes, &header, &[Recipe::Encode(recipe(&header, size(48, 32)))])
    };
    assert_eq!(smaller(&with(20)), smaller(&file));
    let refused = smaller(&with(2000)).unwrap_err();
    assert_eq!(refused.to_string(), "this kind of JPEG XL is not supported: far more frames than a picture needs");
}
