//! Ways of storing the pixels of a TIFF: bit order, widths of samples, compressions. None of them may be seen, and what is not read is
//! refused by its name.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::make::*;
use super::tiff_maker::{Maker, Pack, RGB, SIZE, quarter, seen};
use crate::base::color_space::ColorSpace;
use crate::icc::Curve;
use crate::icc::write::{self, Chromaticities};
use crate::open::header::read_header;

const COLORS: [[u8; 3]; 4] = [[220, 30, 30], [30, 200, 30], [30, 30, 220], [240, 240, 240]];

fn corners(bytes: &[u8]) -> [Vec<u8>; 4] {
    [(false, false), (true, false), (false, true), (true, true)].map(|(right, bottom)| seen(bytes, right, bottom))
}

fn deflate(chunk: Vec<u8>) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(&chunk).unwrap();
    packer.finish().unwrap()
}

fn lzw(chunk: Vec<u8>) -> Vec<u8> {
    weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8).encode(&chunk).unwrap()
}

fn pack_bits(chunk: Vec<u8>) -> Vec<u8> {
    chunk.chunks(100).flat_map(|part| [&[part.len() as u8 - 1], part].concat()).collect()
}

fn turned<const N: usize>(packers: [Pack; N]) -> impl Fn(Vec<u8>) -> Vec<u8> {
    move |chunk| packers.iter().fold(chunk, |chunk, pack| pack(chunk)).iter().map(|byte| byte.reverse_bits()).collect()
}

const TURNED_BITS: (u16, [u16; 1]) = (266, [2]);

fn with_turned_bits(maker: Maker) -> Maker {
    Maker { more: vec![(TURNED_BITS.0, TURNED_BITS.1.to_vec())], ..maker }
}

#[test]
fn the_lowest_bit_may_come_first_at_every_depth_and_compression() {
    for number in [1, 5, 8, 32_773] {
        let pack: Pack = match number {
            5 => |chunk| turned([lzw])(chunk),
            8 => |chunk| turned([deflate])(chunk),
            32_773 => |chunk| turned([pack_bits])(chunk),
            _ => |chunk| turned([])(chunk),
        };
        for (bits, factor) in [(8, 1), (16, 257)] {
            let bytes = with_turned_bits(Maker { bits, compression: (number, pack), ..RGB }).make(quarter(factor));
            assert_eq!(corners(&bytes), COLORS, "{bits} bits, compression {number}");
        }
        for bits in [1, 2, 4, 12] {
            let gray = Maker { photometric: 1, samples: 1, bits, compression: (number, pack), ..RGB };
            let bytes = with_turned_bits(gray).make(|x, _| vec![if x < 14 { 0 } else { (1 << bits) - 1 }]);
            assert_eq!([seen(&bytes, false, false), seen(&bytes, true, true)], [[0], [255]], "{bits}, {number}");
        }
    }
}

#[test]
fn samples_of_all_widths_are_read() {
    for bits in (3..=16).chain([24, 32]) {
        let last = (1_u64 << bits) - 1;
        let pixel =
            move |x, y| quarters(x, y, size(SIZE.0, SIZE.1)).map(|value| u64::from(value) * last / 255).to_vec();
        for big_endian in [false, true] {
            let found = corners(&Maker { bits, big_endian, ..RGB }.make(pixel));
            let tolerance = if bits < 8 { (255 / last) as u8 } else { 1 };
            let close = found.iter().zip(COLORS).all(|(found, color)| near(found, &color, tolerance));
            assert!(close, "{bits} bits: {found:?}");
        }
    }
    let half = 0.5_f64.to_bits();
    assert_eq!(seen(&Maker { bits: 64, format: Some(3), ..RGB }.make(|_, _| vec![half; 3]), false, false), [128; 3]);
}

#[test]
fn tiles_of_separate_channels_may_be_wider_than_the_picture() {
    for (number, pack) in [(1, (|chunk| chunk) as Pack), (5, lzw), (8, deflate), (32_773, pack_bits)] {
        for tile in [16, 32, 48] {
            for (bits, factor) in [(8, 1), (16, 257)] {
                let maker = Maker { planar: true, tile: Some(tile), bits, compression: (number, pack), ..RGB };
                assert_eq!(corners(&maker.make(quarter(factor))), COLORS, "tiles of {tile}, compression {number}");
            }
        }
    }
}

#[test]
fn a_profile_of_more_than_a_mebibyte_is_used() {
    for length in [1 << 20, (1 << 20) + 433, 3 << 20] {
        let mut profile = write::rgb(&Chromaticities::P3.columns().unwrap(), &Curve::SRGB);
        profile.resize(length, 0);
        profile[..4].copy_from_slice(&(length as u32).to_be_bytes());
        let bytes = Maker { profile, ..RGB }.make(|_, _| vec![200, 100, 100]);
        let header = read_header(&bytes).unwrap();
        assert_eq!((header.color_space, header.bad_profile), (ColorSpace::Foreign, false));
        assert!(near(&seen(&bytes, false, false), &[215, 93, 97], 1), "{:?}", seen(&bytes, false, false));
    }
}

/// A JPEG of the pixels of a tile of 32 × 32, with components that are stored as they are.
fn jpeg(chunk: Vec<u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 97);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    let kind = if chunk.len() == 32 * 32 { ColorType::Luma } else { ColorType::Ycbcr };
    encoder.encode(&chunk, 32, 32, kind).unwrap();
    bytes
}

#[test]
fn a_jpeg_has_the_colours_of_its_tiff() {
    for planar in [false, true] {
        let tiled = Maker { tile: Some(32), planar, compression: (7, jpeg), ..RGB };
        let found = corners(&tiled.make(quarter(1)));
        assert!(found.iter().zip(COLORS).all(|(found, color)| near(found, &color, 3)), "{found:?}");
    }
    // 128 is no colour in Y'CbCr, and a middle green and blue in RGB.
    for (photometric, color) in [(6, [200; 3]), (2, [200, 128, 128])] {
        let tiled = Maker { photometric, tile: Some(32), compression: (7, jpeg), more: vec![(530, vec![1, 1])], ..RGB };
        let found = seen(&tiled.make(|_, _| vec![200, 128, 128]), false, false);
        assert!(near(&found, &color, 1), "{photometric}: {found:?}");
    }
}

#[test]
fn complete_jpegs_of_the_first_edition_are_read() {
    let tiled = Maker { photometric: 6, tile: Some(32), compression: (6, jpeg), ..RGB };
    assert!(near(&seen(&tiled.make(|_, _| vec![200, 128, 128]), false, false), &[200; 3], 1));
    let tables = Maker { compression: (6, |_| vec![7; 90]), photometric: 6, ..RGB }.make(|_, _| vec![0; 3]);
    assert_eq!(
        read_header(&tables).unwrap_err().to_string(),
        "this kind of TIFF is not supported: JPEG of the first edition, with its tables in the directory"
    );
}

#[test]
fn lzw_of_the_first_programs_is_read() {
    let old = |chunk: Vec<u8>| weezl::encode::Encoder::new(weezl::BitOrder::Lsb, 8).encode(&chunk).unwrap();
    assert_eq!(corners(&Maker { compression: (5, old), ..RGB }.make(quarter(1))), COLORS);
}

#[test]
fn chroma_without_jpeg_may_have_fewer_samples() {
    // Units of 2 × 2 luma, Cb, Cr: 12 × 8 of them.
    let units: Pack = |_| [100, 150, 200, 250, 128, 128].repeat(12 * 8);
    let bytes = Maker { photometric: 6, compression: (1, units), ..RGB }.make(|_, _| vec![0; 3]);
    let found = look(&rendered(&bytes, |header| {
        let png = crate::Encode { encoding: crate::Encoding::Png, ..recipe(header, header.display()) };
        crate::Recipe::Encode(png)
    }));
    assert_eq!([(0, 0), (1, 0), (0, 1), (23, 15)].map(|(x, y)| pixel(&found, x, y)[0]), [100, 150, 200, 250]);
}

#[test]
fn a_palette_may_have_alpha() {
    let palette = [[10_u16, 200], [20, 100], [30, 50]].concat().iter().map(|value| value * 257).collect();
    let maker = Maker { photometric: 3, bits: 1, samples: 2, extra: Some(2), palette: Some(palette), ..RGB };
    let bytes = maker.make(|x, _| if x < 12 { vec![1, 1] } else { vec![0, 0] });
    assert!(read_header(&bytes).unwrap().alpha);
    assert_eq!(seen(&bytes, false, false), [200, 100, 50, 255]);
    assert_eq!(seen(&bytes, true, true)[3], 0);
}

/// Bits of a text of zeros and ones, the highest first.
fn bits(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|digit| *digit != b' ').map(|digit| digit - b'0').collect();
    let byte = |part: &[u8]| part.iter().enumerate().fold(0, |byte, (at, bit)| byte | bit << (7 - at));
    digits.chunks(8).map(byte).collect()
}

/// A row of 14 white and 10 black pixels.
const ROW: &str = "110100 0000100";

#[test]
fn all_codes_of_fax_machines_are_read() {
    const MARK: &str = "000000000001";
    let runs: Pack = |_| bits(&format!("{ROW}000")).repeat(16);
    let group3: Pack = |_| bits(&format!("{MARK}{ROW}").repeat(16));
    // Rows begin at whole bytes, and zeros precede the marks.
    let filled: Pack = |_| bits(&format!("0000{MARK}{ROW}000").repeat(16));
    let both: Pack = |_| bits(&format!("{MARK}1{ROW}{MARK}0 1 1").repeat(8));
    // The first row: a run of white and one of black; the others are as the row above.
    let group4: Pack = |_| bits(&format!("001{ROW}{}", "11".repeat(15)));
    for (number, pack, options) in [(2, runs, 0), (3, group3, 0), (3, filled, 4), (3, both, 1), (4, group4, 0)] {
        for turn in [false, true] {
            let fax = Maker {
                photometric: 0,
                samples: 1,
                bits: 1,
                compression: (number, pack),
                more: vec![(292, vec![options, 0])],
                ..RGB
            };
            let mut bytes = fax.make(|_, _| vec![0]);
            if turn {
                bytes = turn_chunk(&fax, bytes);
            }
            let found = [seen(&bytes, false, false), seen(&bytes, true, false)];
            assert_eq!(found, [[255], [0]], "compression {number}, options {options}, {turn}");
        }
    }
    // The end of a page may come early; the rest is white.
    let short = |_| bits(&format!("001{ROW} 000000000001 000000000001"));
    let fax = Maker { photometric: 0, samples: 1, bits: 1, compression: (4, short), ..RGB };
    assert_eq!(seen(&fax.make(|_, _| vec![0]), true, true), [255]);
    let cut = Maker { compression: (4, |_| bits("001 110100")), ..fax }.make(|_, _| vec![0]);
    let header = read_header(&cut).unwrap();
    let refused = crate::render(&cut, &header, &[crate::Recipe::Encode(recipe(&header, header.display()))]);
    assert_eq!(refused.unwrap_err().to_string(), "the TIFF data ends too early");
}

/// Returns a file whose only chunk, at its end, has the lowest bits first.
fn turn_chunk(maker: &Maker, bytes: Vec<u8>) -> Vec<u8> {
    let length = (maker.compression.1)(vec![0; 48]).len();
    let more = maker.more.iter().cloned().chain([(TURNED_BITS.0, TURNED_BITS.1.to_vec())]).collect();
    let mut turned = Maker { more, ..maker.clone() }.make(|_, _| vec![0]);
    assert!(turned.len() > bytes.len());
    let start = turned.len() - length;
    turned[start..].iter_mut().for_each(|byte| *byte = byte.reverse_bits());
    turned
}

#[test]
fn kinds_that_are_not_read_are_named_and_not_called_damaged() {
    let compressed = |number| Maker { compression: (number, |chunk| chunk), ..RGB };
    for (maker, kind) in [
        (compressed(34_925), "compression LZMA"),
        (compressed(50_000), "compression Zstandard"),
        (compressed(50_001), "compression WebP"),
        (compressed(34_712), "compression JPEG 2000"),
        (compressed(34_661), "compression JBIG"),
        (compressed(4711), "compression number 4711"),
        (Maker { format: Some(2), bits: 16, ..RGB }, "signed numbers of 16 bits"),
        (Maker { format: Some(6), bits: 64, ..RGB }, "complex numbers"),
        (Maker { photometric: 4, samples: 1, bits: 1, ..RGB }, "a mask"),
        (Maker { photometric: 6, bits: 16, more: vec![(530, vec![1, 1])], ..RGB }, "numbers of 16 bits in Y'CbCr"),
        (
            Maker { photometric: 5, samples: 6, more: vec![(332, vec![2])], ..RGB },
            "inks other than cyan, magenta, yellow and black",
        ),
        (Maker { photometric: 3, bits: 16, samples: 1, ..RGB }, "palettes with numbers of 16 bits"),
        (
            Maker { compression: (5, lzw), bits: 4, more: vec![(317, vec![2])], ..RGB },
            "predictor 2 for samples of 4 bits",
        ),
    ] {
        let bytes = maker.make(|_, _| vec![0; usize::from(maker.samples)]);
        let message = read_header(&bytes).unwrap_err().to_string();
        assert_eq!(message, format!("this kind of TIFF is not supported: {kind}"));
    }
}
