//! Kinds of TIFF: the storage of pixels must not affect the result.

use jpeg::Orientation;

use super::make::*;
use super::tiff_maker::{Maker, RGB, SIZE, quarter, seen};
use crate::base::color_space::ColorSpace;
use crate::base::error::Error;
use crate::open::header::read_header;

#[test]
fn strips_tiles_planes_and_byte_orders_are_not_seen() {
    for big_endian in [false, true] {
        for planar in [false, true] {
            for tile in [None, Some(16)] {
                for (bits, factor) in [(8, 1), (16, 257)] {
                    let maker = Maker { big_endian, planar, tile, bits, ..RGB };
                    let bytes = maker.make(quarter(factor));
                    let found =
                        [(false, false), (true, false), (false, true), (true, true)].map(|(x, y)| seen(&bytes, x, y));
                    let what = format!("big endian {big_endian}, planar {planar}, tile {tile:?}, {bits} bits");
                    assert_eq!(found, [[220, 30, 30], [30, 200, 30], [30, 30, 220], [240, 240, 240]], "{what}");
                }
            }
        }
    }
}

#[test]
fn tag_274_turns_the_picture() {
    for turn in turns() {
        let upright = turn.apply(size(SIZE.0, SIZE.1));
        let (_, pixels) = stored(upright, turn, quarters);
        let maker = Maker { orientation: turn.exif().into(), ..RGB };
        let bytes = maker.make(|x, y| {
            let at = 3 * (y * SIZE.0 + x) as usize;
            pixels[at..at + 3].iter().map(|value| u64::from(*value)).collect()
        });
        assert_eq!(read_header(&bytes).unwrap().display(), upright);
        let found = [(false, false), (true, false), (false, true)].map(|(x, y)| seen(&bytes, x, y));
        assert_eq!(found, [[220, 30, 30], [30, 200, 30], [30, 30, 220]], "orientation {}", turn.exif());
    }
}

#[test]
fn palettes_of_every_depth_are_looked_up() {
    for bits in [1, 2, 4, 8] {
        let count = 1_usize << bits;
        let mut palette = vec![0; 3 * count];
        for (channel, values) in [[0xC8C8, 0x1414], [0x6464, 0xF0F0], [0x3232, 0x5050]].into_iter().enumerate() {
            palette[channel * count] = values[0];
            palette[channel * count + count - 1] = values[1];
        }
        let maker = Maker { photometric: 3, bits, samples: 1, palette: Some(palette), ..RGB };
        let bytes = maker.make(|x, _| vec![if x < 12 { 0 } else { count as u64 - 1 }]);
        assert_eq!(
            [seen(&bytes, false, false), seen(&bytes, true, true)],
            [[200, 100, 50], [20, 240, 80]],
            "{bits} bits"
        );
    }
}

#[test]
fn grays_of_every_depth_stay_gray() {
    for bits in [1, 2, 4, 8, 16] {
        for (photometric, left) in [(1, 0), (0, 255)] {
            let maker = Maker { photometric, bits, samples: 1, ..RGB };
            let bytes = maker.make(|x, _| vec![if x < 12 { 0 } else { (1 << bits) - 1 }]);
            let found = [seen(&bytes, false, false), seen(&bytes, true, false)];
            assert_eq!(found, [[left], [255 - left]], "{bits} bits, {photometric}");
        }
    }
}

#[test]
fn inks_and_lab_become_what_is_seen() {
    let cmyk = Maker { photometric: 5, samples: 4, ..RGB };
    let bytes = cmyk.make(|_, _| vec![0, 200, 0, 0]);
    assert_eq!(read_header(&bytes).unwrap().color_space, ColorSpace::Foreign);
    assert!(near(&seen(&bytes, false, false), &[255, 55, 255], 1));
    // L* 53, a* 80, b* 67: the red of sRGB, relative to D50 and rounded to integers.
    for (photometric, bits, pixel) in [
        (8, 8, vec![138, 81, 70]),
        (9, 8, vec![138, 209, 198]),
        (8, 16, vec![35_500, 81 * 256, 70 * 256]),
        (9, 16, vec![35_400, 209 * 256, 198 * 256]),
    ] {
        let bytes = Maker { photometric, bits, ..RGB }.make(|_, _| pixel.clone());
        let found = seen(&bytes, false, false);
        assert!(near(&found, &[255, 3, 0], 12), "{found:?} of {photometric} in {bits} bits");
    }
}

#[test]
fn floating_point_numbers_are_cut_to_0_and_1() {
    let bits = |value: f32| u64::from(value.to_bits());
    let maker = Maker { bits: 32, format: Some(3), ..RGB };
    let bytes = maker.make(|_, _| vec![bits(0.5), bits(-3.0), bits(7.0)]);
    assert_eq!(seen(&bytes, false, false), [128, 0, 255]);
    // 0.5, 1 and 2 with 16 bits.
    let bytes = Maker { bits: 16, ..maker }.make(|_, _| vec![0x3800, 0x3C00, 0x4000]);
    assert_eq!(seen(&bytes, false, false), [128, 255, 255]);
}

#[test]
fn alpha_is_straight_multiplied_or_nothing() {
    let pixel = |_, _| vec![100, 50, 20, 128];
    for (extra, expected) in
        [(Some(2), vec![100, 50, 20, 128]), (Some(1), vec![199, 100, 40, 128]), (Some(0), vec![100, 50, 20])]
    {
        let bytes = Maker { samples: 4, extra, ..RGB }.make(pixel);
        assert_eq!(read_header(&bytes).unwrap().alpha, expected.len() == 4);
        assert!(near(&seen(&bytes, false, false), &expected, 1), "{extra:?}: {:?}", seen(&bytes, false, false));
    }
}

#[test]
fn what_is_not_read_is_said_in_one_line() {
    for (maker, message) in [
        (Maker { bits: 64, ..RGB }, "this kind of TIFF is not supported: numbers of 64 bits"),
        (
            Maker { bits: 8, format: Some(3), ..RGB },
            "this kind of TIFF is not supported: floating-point numbers of 8 bits",
        ),
        (Maker { photometric: 3, samples: 1, ..RGB }, "the TIFF data is damaged: its palette does not fit its pixels"),
    ] {
        let bytes = maker.make(|_, _| vec![0; usize::from(maker.samples)]);
        assert_eq!(read_header(&bytes).unwrap_err().to_string(), message);
    }
    let cut = &RGB.make(quarter(1))[..100];
    assert!(matches!(read_header(cut), Err(Error::Truncated(_) | Error::Corrupt { .. })));
    assert_eq!(read_header(&RGB.make(quarter(1))).unwrap().orientation, Orientation::UPRIGHT);
}
