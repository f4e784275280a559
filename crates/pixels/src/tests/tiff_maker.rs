//! TIFF files that are made for tests: any storage of the same pixels.

use super::make::*;
use crate::base::recipe::{Encode, Encoding, Recipe};

/// Width and height of all files.
pub(super) const SIZE: (u32, u32) = (24, 16);

/// A compression.
pub(super) type Pack = fn(Vec<u8>) -> Vec<u8>;

/// Parameters of a generated file.
#[derive(Clone)]
pub(super) struct Maker {
    pub(super) big_endian: bool,
    pub(super) photometric: u16,
    pub(super) bits: u16,
    pub(super) samples: u16,
    pub(super) format: Option<u16>,
    pub(super) planar: bool,
    pub(super) tile: Option<u32>,
    pub(super) orientation: u16,
    pub(super) extra: Option<u16>,
    pub(super) palette: Option<Vec<u16>>,
    /// Number of the compression, and what it makes of a chunk.
    pub(super) compression: (u16, Pack),
    /// Further fields of two-byte numbers.
    pub(super) more: Vec<(u16, Vec<u16>)>,
    /// The profile.
    pub(super) profile: Vec<u8>,
}

/// Red, green and blue of 8 bits in one strip.
pub(super) const RGB: Maker = Maker {
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
    compression: (1, |chunk| chunk),
    more: Vec::new(),
    profile: Vec::new(),
};

impl Maker {
    /// Returns a file with the samples of `pixel`, each of the whole number of bytes for `bits`, or in packed bits.
    pub(super) fn make(&self, pixel: impl Fn(u32, u32) -> Vec<u64>) -> Vec<u8> {
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
                                if self.bits.is_multiple_of(8) {
                                    order(&mut chunk, *value, usize::from(self.bits / 8));
                                    continue;
                                }
                                packed = (packed.0 << self.bits | value, packed.1 + self.bits);
                                while packed.1 >= 8 {
                                    packed.1 -= 8;
                                    chunk.push((packed.0 >> packed.1) as u8);
                                }
                            }
                        }
                        if packed.1 > 0 {
                            chunk.push((packed.0 << (8 - packed.1)) as u8);
                        }
                    }
                    chunks.push((self.compression.1)(chunk));
                }
            }
        }
        // Entries first, then the values that do not fit into them, then the pixels.
        let chunk_count = chunks.len();
        let mut entries: Vec<(u16, u16, Vec<u64>)> = vec![
            (256, 4, vec![width.into()]),
            (257, 4, vec![height.into()]),
            (258, 3, vec![self.bits.into(); usize::from(self.samples)]),
            (259, 3, vec![self.compression.0.into()]),
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
        entries.extend(
            self.more.iter().map(|(tag, list)| (*tag, 3, list.iter().map(|value| u64::from(*value)).collect())),
        );
        if !self.profile.is_empty() {
            entries.push((34_675, 7, self.profile.iter().map(|byte| u64::from(*byte)).collect()));
        }
        entries.sort_by_key(|entry| entry.0);
        let width_of = |kind: u16| match kind {
            7 => 1,
            3 => 2,
            _ => 4,
        };
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
pub(super) fn seen(bytes: &[u8], right: bool, bottom: bool) -> Vec<u8> {
    let result = rendered(bytes, |header| {
        Recipe::Encode(Encode { encoding: Encoding::Png, ..recipe(header, header.display()) })
    });
    let found = look(&result);
    let at = |side: u32, far: bool| if far { side * 3 / 4 } else { side / 4 };
    pixel(&found, at(found.0.width, right), at(found.0.height, bottom)).to_vec()
}

/// Red, green, blue and white quarters, with each number multiplied by `factor`.
pub(super) fn quarter(factor: u64) -> impl Fn(u32, u32) -> Vec<u64> {
    move |x, y| quarters(x, y, size(SIZE.0, SIZE.1)).map(|value| u64::from(value) * factor).to_vec()
}
