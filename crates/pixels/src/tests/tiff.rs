//! Kinds of TIFF: the storage of pixels must not affect the result.

use jpeg::Orientation;

use super::make::*;
use crate::base::color_space::ColorSpace;
use crate::base::error::Error;
use crate::base::recipe::{Encode, Encoding, Recipe};
use crate::open::header::read_header;

const SIZE: (u32, u32) = (24, 16);

/// Parameters of a generated file.
#[derive(Clone)]
struct Maker {
    big_endian: bool,
    photometric: u16,
    bits: u16,
    samples: u16,
    format: Option<u16>,
    planar: bool,
    tile: Option<u32>,
    orientation: u16,
    extra: Option<u16>,
    palette: Option<Vec<u16>>,
}

const RGB: Maker = Maker {
    big_endian: false,
    photometric: 2,
    bits: 8,
    samples: 3,
    format: None,
    planar: false,
    tile: None,
    orientation: 1,
    extra: None,
    palette: None,
};

impl Maker {
    /// Returns a file with the samples of `pixel`, each of the whole number of bytes for `bits`, or in packed bits.
    fn make(&self, pixel: impl Fn(u32, u32) -> Vec<u64>) -> Vec<u8> {
        let order = |bytes: &mut Vec<u8>, value: u64, width: usize| {
            let all = value.to_le_bytes();
            if self.big_endian { bytes.extend(all[..width].iter().rev()) } else { bytes.extend(&all[..width]) }
        };
        let (width, height) = SIZE;
        let (across, down) = self.tile.map_or((width, height), |tile| (tile, tile));
        let planes = if self.planar { self.samples } else { 1 };
        let mut chunks: Vec<Vec<u8>> = Vec::new();
        for plane in 0..planes {
            for top in (0..height).step_by(down as usize) {
                for left in (0..width).step_by(across as usize) {
                    let mut chunk = Vec::new();
                    for y in top..top + down {
                        let mut packed = (0_u64, 0);
                        for x in left..left + across {
                            let all = pixel(x.min(width - 1), y.min(height - 1));
                            let used = if self.planar { &all[usize::from(plane)..][..1] } else { &all[..] };
                            for value in used {
                                if self.bits >= 8 {
                                    order(&mut chunk, *value, usize::from(self.bits / 8));
                                    continue;
                                }
                                packed = (packed.0 << self.bits | value, packed.1 + self.bits);
                                if packed.1 == 8 {
                                    chunk.push(packed.0 as u8);
                                    packed = (0, 0);
                                }
                            }
                        }
                    }
                    chunks.push(chunk);
                }
            }
        }
        // Entries first, then the values that do not fit into them, then the pixels.
        let chunk_count = chunks.len();
        let mut entries: Vec<(u16, u16, Vec<u64>)> = vec![
            (256, 4, vec![width.into()]),
            (257, 4, vec![height.into()]),
            (258, 3, vec![self.bits.into(); usize::from(self.samples)]),
            (259, 3, vec![1]),
            (262, 3, vec![self.photometric.into()]),
            (274, 3, vec![self.orientation.into()]),
            (277, 3, vec![self.samples.into()]),
            (284, 3, vec![if self.planar { 2 } else { 1 }]),
        ];
        let [offsets, counts] = if self.tile.is_some() { [324, 325] } else { [273, 279] };
        entries.push((offsets, 4, vec![0; chunk_count]));
        entries.push((counts, 4, chunks.iter().map(|chunk| chunk.len() as u64).collect()));
        if self.tile.is_some() {
            entries.extend([(322, 4, vec![across.into()]), (323, 4, vec![down.into()])]);
        } else {
            entries.push((278, 4, vec![height.into()]));
        }
        entries.extend(self.format.map(|format| (339, 3, vec![u64::from(format); usize::from(self.samples)])));
        entries.extend(self.extra.map(|extra| (338, 3, vec![extra.into()])));
        entries
            .extend(self.palette.iter().map(|colors| (320, 3, colors.iter().map(|color| u64::from(*color)).collect())));
        entries.sort_by_key(|entry| entry.0);
        let width_of = |kind: u16| if kind == 3 { 2 } else { 4 };
        let start = 8 + 2 + 12 * entries.len() + 4;
        let values: usize =
            entries.iter().map(|entry| entry.2.len() * width_of(entry.1)).filter(|length| *length > 4).sum();
        let mut place = (start + values) as u64;
        for entry in &mut entries {
            if entry.0 == offsets {
                for (offset, chunk) in entry.2.iter_mut().zip(&chunks) {
                    *offset = place;
                    place += chunk.len() as u64;
                }
            }
        }
        let mut bytes = if self.big_endian { b"MM\0\x2A".to_vec() } else { b"II\x2A\0".to_vec() };
        order(&mut bytes, 8, 4);
        order(&mut bytes, entries.len() as u64, 2);
        let mut behind = Vec::new();
        for (tag, kind, list) in &entries {
            order(&mut bytes, (*tag).into(), 2);
            order(&mut bytes, (*kind).into(), 2);
            order(&mut bytes, list.len() as u64, 4);
            let mut value = Vec::new();
            list.iter().for_each(|number| order(&mut value, *number, width_of(*kind)));
            if value.len() <= 4 {
                value.resize(4, 0);
                bytes.extend(value);
            } else {
                order(&mut bytes, (start + behind.len()) as u64, 4);
                behind.extend(value);
            }
        }
        bytes.extend([0; 4]);
        bytes.extend(behind);
        bytes.extend(chunks.concat());
        bytes
    }
}

/// Returns the middle pixel of a quarter of the full-size PNG.
fn seen(bytes: &[u8], right: bool, bottom: bool) -> Vec<u8> {
    let result = rendered(bytes, |header| {
        Recipe::Encode(Encode { encoding: Encoding::Png, ..recipe(header, header.display()) })
    });
    let found = look(&result);
    let at = |side: u32, far: bool| if far { side * 3 / 4 } else { side / 4 };
    pixel(&found, at(found.0.width, right), at(found.0.height, bottom)).to_vec()
}

/// Red, green, blue and white quarters, with each number multiplied by `factor`.
fn quarter(factor: u64) -> impl Fn(u32, u32) -> Vec<u64> {
    move |x, y| quarters(x, y, size(SIZE.0, SIZE.1)).map(|value| u64::from(value) * factor).to_vec()
}

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
        (Maker { bits: 32, ..RGB }, "this kind of TIFF is not supported: numbers of 32 bits"),
        (
            Maker { bits: 64, format: Some(3), ..RGB },
            "this kind of TIFF is not supported: floating-point numbers of 64 bits",
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
