//! Resolution of chroma in renditions: what recipes ask for, and what pictures need.

use jpeg::{Effort, Orientation};
use jpeg_encoder::SamplingFactor as Sampling;

use super::make::{Paint, jpeg, png, recipe, size, slopes};
use crate::base::recipe::{Chroma, Encode, Encoding, Recipe};
use crate::{read_header, render};

/// Thin red and blue strokes on black.
const STROKES: Paint = |x, y, _| match (x % 24, y % 24) {
    (0..2, _) => [255, 20, 30],
    (_, 6..8) => [30, 40, 255],
    _ => [8, 8, 10],
};

/// Renders at this size, with each of these kinds of chroma.
fn renditions(bytes: &[u8], width: u32, height: u32, kinds: &[Chroma]) -> Vec<Vec<u8>> {
    let header = read_header(bytes).unwrap();
    let of = |chroma: &Chroma| {
        let encoding = Encoding::Jpeg { quality: 80, progressive: true, effort: Effort::Balanced, chroma: *chroma };
        Recipe::Encode(Encode { encoding, ..recipe(&header, size(width, height)) })
    };
    render(bytes, &header, &kinds.iter().map(of).collect::<Vec<_>>()).unwrap()
}

/// Returns the sampling factors of a JPEG's first two components.
fn factors(bytes: &[u8]) -> Vec<[u8; 2]> {
    let components = jpeg::Header::read(bytes).unwrap().components;
    components[..2].iter().map(|component| [component.horizontal, component.vertical]).collect()
}

#[test]
fn full_chroma_and_half_of_it_are_written_as_asked() {
    for sampling in [Sampling::F_1_1, Sampling::F_2_1, Sampling::F_2_2, Sampling::F_4_1] {
        for (width, height) in [(640, 480), (400, 300), (211, 158), (80, 60)] {
            let source = jpeg(size(640, 480), Orientation::from_exif(6), sampling, slopes);
            let made = renditions(&source, width, height, &[Chroma::Full, Chroma::Half, Chroma::Auto]);
            assert_eq!(factors(&made[0]), [[1, 1], [1, 1]], "{sampling:?} {width}");
            assert_eq!(factors(&made[1]), [[2, 2], [1, 1]], "{sampling:?} {width}");
            assert!(made[2] == made[1], "{sampling:?} {width}: slopes lose nothing");
        }
    }
}

#[test]
fn saturated_detail_keeps_its_chroma() {
    let sources = [
        png(size(480, 360), Orientation::UPRIGHT, false, STROKES),
        jpeg(size(480, 360), Orientation::UPRIGHT, Sampling::F_1_1, STROKES),
    ];
    for (number, source) in sources.iter().enumerate() {
        for (width, height) in [(480, 360), (300, 225), (240, 180)] {
            let made = renditions(source, width, height, &[Chroma::Half, Chroma::Auto, Chroma::Full]);
            assert!(made[1] == made[2] && made[1] != made[0], "source {number}, {width}");
        }
    }
}

#[test]
fn a_rendition_does_not_depend_on_the_chroma_of_others() {
    for sampling in [Sampling::F_1_1, Sampling::F_2_2] {
        for paint in [STROKES, slopes] {
            let source = jpeg(size(480, 360), Orientation::from_exif(8), sampling, paint);
            let kinds = [Chroma::Full, Chroma::Half, Chroma::Auto];
            let together = renditions(&source, 200, 150, &kinds);
            for (kind, together) in kinds.iter().zip(&together) {
                assert!(renditions(&source, 200, 150, &[*kind])[0] == *together, "{sampling:?} {kind:?}");
            }
        }
    }
}

#[test]
fn full_chroma_is_closer_to_the_source_than_half_of_it() {
    let source = png(size(480, 360), Orientation::UPRIGHT, false, STROKES);
    let pixels = |bytes: &[u8]| {
        let header = read_header(bytes).unwrap();
        let recipe = Recipe::Encode(Encode { encoding: Encoding::Png, ..recipe(&header, size(480, 360)) });
        let made = render(bytes, &header, &[recipe]).unwrap();
        image::load_from_memory(&made[0]).unwrap().to_rgb8().into_raw()
    };
    let original = pixels(&source);
    let made = renditions(&source, 480, 360, &[Chroma::Full, Chroma::Half]);
    let apart =
        |bytes: &[u8]| -> u64 { pixels(bytes).iter().zip(&original).map(|(a, b)| u64::from(a.abs_diff(*b))).sum() };
    assert!(3 * apart(&made[0]) < 2 * apart(&made[1]), "{} {}", apart(&made[0]), apart(&made[1]));
}
