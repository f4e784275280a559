//! Colour profiles: any bytes as the profile of a gray, a coloured and an inked picture; no panic, and a picture as the result.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixels::{Background, Chroma, Colors, Effort, Encode, Encoding, Metadata, Orientation, Recipe, Size, read_header, render};

fuzz_target!(|profile: &[u8]| {
    for (photometric, channels) in [(1, 1), (2, 3), (5, 4)] {
        let file = tiff(photometric, channels, profile);
        let header = read_header(&file).expect("the directory is intact");
        let encode = |colors| {
            Recipe::Encode(Encode {
                size: Size { width: 1, height: 1 },
                halvings: 0,
                turn: Orientation::UPRIGHT,
                encoding: Encoding::Jpeg { quality: 75, progressive: false, effort: Effort::Balanced, chroma: Chroma::Auto },
                metadata: Metadata::None,
                colors,
                background: Background::WHITE,
            })
        };
        let results = render(&file, &header, &[encode(Colors::Keep), encode(Colors::Srgb)]).expect("rendered");
        assert!(results.iter().all(|result| read_header(result).is_ok()));
    }
});

/// Returns a TIFF file of one pixel.
fn tiff(photometric: u32, channels: u32, profile: &[u8]) -> Vec<u8> {
    let mut bytes = b"II\x2A\0\x08\0\0\0\x09\0".to_vec();
    let behind = 8 + 2 + 9 * 12 + 4;
    let mut entry = |tag: u16, kind: u16, count: u32, value: u32| {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    };
    entry(256, 4, 1, 1);
    entry(257, 4, 1, 1);
    // The bits of each channel fit into the entry if there are no more than two channels.
    if channels == 1 {
        entry(258, 3, 1, 8)
    } else {
        entry(258, 3, channels, behind)
    }
    entry(259, 3, 1, 1);
    entry(262, 3, 1, photometric);
    entry(273, 4, 1, behind + 8);
    entry(277, 3, 1, channels);
    entry(279, 4, 1, channels);
    entry(34_675, 7, profile.len().max(5) as u32, behind + 12);
    bytes.extend([0; 4]);
    bytes.extend([8, 0, 8, 0, 8, 0, 8, 0, 40, 90, 140, 200]);
    bytes.extend(profile);
    bytes.extend([0; 5]);
    bytes
}
