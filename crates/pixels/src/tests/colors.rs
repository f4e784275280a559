//! Colours that are not sRGB: kept with their profile, or converted, for every format with a declaration of colours.

use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};
use jpeg::{Effort, Header as JpegHeader, Orientation};

use super::make::*;
use crate::base::color_space::ColorSpace;
use crate::base::format::Format;
use crate::base::header::Header;
use crate::base::recipe::{Background, Chroma, Colors, Encode, Encoding, Recipe};
use crate::icc::tag::Tag;
use crate::icc::write::{self, Chromaticities};
use crate::icc::{Curve, Model, Profile};
use crate::open::header::read_header;
use crate::{formats, render};

/// Returns the profile of Display P3.
fn p3() -> Vec<u8> {
    write::rgb(&Chromaticities::P3.columns().unwrap(), &Curve::SRGB)
}

const P3_GREEN: [u8; 3] = [30, 220, 40];

/// The same colour in sRGB, by the formulas in floating-point numbers; it is slightly out of gamut.
const SRGB_GREEN: [u8; 3] = [0, 223, 0];

/// Returns a JPEG of one colour with these segments of a profile: number, count, data.
fn jpeg(color: [u8; 3], segments: &[(u8, u8, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 98);
    for (number, count, data) in segments {
        encoder.add_app_segment(2, [&b"ICC_PROFILE\0"[..], &[*number, *count], data].concat()).unwrap();
    }
    encoder.encode(&color.repeat(32 * 24), 32, 24, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// Returns a PNG of one colour.
fn png(pixel: &[u8], color: ExtendedColorType, profile: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).unwrap();
    }
    encoder.write_image(&pixel.repeat(32 * 24), 32, 24, color).unwrap();
    bytes
}

/// Inserts a chunk after a PNG's header. The code under test ignores its checksum, but the decoder does not.
fn with_chunk(png: &[u8], name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(&[&name[..], data].concat());
    let chunk = [&(data.len() as u32).to_be_bytes()[..], name, data, &crc.sum().to_be_bytes()].concat();
    [&png[..33], &chunk, &png[33..]].concat()
}

/// Returns the rendition in these colours: its middle pixel, and its profile.
fn rendition(bytes: &[u8], colors: Colors) -> (Vec<u8>, Option<Vec<u8>>) {
    let result = rendered(bytes, |header| {
        let encoding = match header.format {
            Format::Jpeg => {
                Encoding::Jpeg { quality: 98, progressive: false, effort: Effort::Balanced, chroma: Chroma::Half }
            }
            _ => Encoding::Png,
        };
        Recipe::Encode(Encode { colors, encoding, ..recipe(header, size(16, 12)) })
    });
    let profile = match tag(&result) {
        Tag::Icc(profile) => Some(profile),
        _ => None,
    };
    (pixel(&look(&result), 8, 6).to_vec(), profile)
}

/// Returns the colours that a rendition declares.
fn tag(bytes: &[u8]) -> Tag {
    match JpegHeader::read(bytes) {
        Ok(layout) => formats::jpeg::tag::of_layout(&layout),
        Err(_) => formats::png::tag::tag(bytes),
    }
}

#[test]
fn other_colours_than_srgb_are_kept_with_their_profile_or_converted() {
    let webp = {
        let mut bytes = Vec::new();
        let mut encoder = WebPEncoder::new_lossless(&mut bytes);
        encoder.set_icc_profile(p3()).unwrap();
        encoder.write_image(&P3_GREEN.repeat(32 * 24), 32, 24, ExtendedColorType::Rgb8).unwrap();
        bytes
    };
    for bytes in [jpeg(P3_GREEN, &[(1, 1, &p3())]), png(&P3_GREEN, ExtendedColorType::Rgb8, Some(&p3())), webp] {
        let header = read_header(&bytes).unwrap();
        assert_eq!((header.color_space, header.bad_profile), (ColorSpace::Profiled, false));
        let (kept, profile) = rendition(&bytes, Colors::Keep);
        assert!(near(&kept, &P3_GREEN, 3), "{kept:?} from {}", header.format);
        assert_eq!(profile, Some(p3()));
        let (converted, profile) = rendition(&bytes, Colors::Srgb);
        assert!(near(&converted, &SRGB_GREEN, 4), "{converted:?} from {}", header.format);
        assert_eq!(profile, None);
    }
}

#[test]
fn subsampled_colours_are_converted_in_their_place() {
    // The picture is four times too large, so it is halved after the conversion.
    for sampling in [jpeg_encoder::SamplingFactor::F_2_2, jpeg_encoder::SamplingFactor::F_4_1] {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 97);
        encoder.add_icc_profile(&p3()).unwrap();
        encoder.set_sampling_factor(sampling);
        let (stored, pixels) = stored(size(240, 160), Orientation::from_exif(1), quarters);
        let (width, height) = (stored.width as u16, stored.height as u16);
        encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
        for target in [size(240, 160), size(60, 40)] {
            let found = look(&rendered(&bytes, |header| {
                Recipe::Encode(Encode { colors: Colors::Srgb, ..recipe(header, target) })
            }));
            for (x, y, expected) in [(1, 1, [238, 0, 0]), (3, 1, [0, 203, 0]), (1, 3, [24, 26, 229]), (3, 3, [240; 3])]
            {
                let pixel = pixel(&found, target.width * x / 4, target.height * y / 4);
                assert!(near(pixel, &expected, 12), "{pixel:?} instead of {expected:?}, {sampling:?}, {target:?}");
            }
        }
    }
}

#[test]
fn srgb_loses_its_profile_and_nothing_else() {
    let srgb = write::rgb(&Chromaticities::SRGB.columns().unwrap(), &Curve::SRGB);
    let with = jpeg(P3_GREEN, &[(1, 1, &srgb)]);
    let without = jpeg(P3_GREEN, &[]);
    assert_eq!(read_header(&with).unwrap().color_space, ColorSpace::Srgb);
    let recipe = |header: &Header| Recipe::Encode(recipe(header, size(16, 12)));
    assert!(rendered(&with, recipe) == rendered(&without, recipe));
}

#[test]
fn a_profile_in_parts_is_put_together_however_they_are_numbered() {
    let p3 = p3();
    let (a, b) = p3.split_at(300);
    let whole: [&[(u8, u8, &[u8])]; 6] = [
        &[(1, 2, a), (2, 2, b)],
        &[(2, 2, b), (1, 2, a)],
        &[(0, 2, a), (1, 2, b)],
        &[(0, 0, a), (1, 0, b)],
        &[(1, 1, a), (1, 1, b)],
        &[(1, 2, a), (1, 2, a), (2, 2, b)],
    ];
    for segments in whole {
        let header = read_header(&jpeg(P3_GREEN, segments)).unwrap();
        assert_eq!((header.color_space, header.bad_profile), (ColorSpace::Profiled, false), "{:?}", segments.len());
    }
    let broken: [&[(u8, u8, &[u8])]; 4] =
        [&[(1, 2, a)], &[(2, 2, b)], &[(1, 3, a), (3, 3, b)], &[(1, 1, b"nothing that is a profile")]];
    for segments in broken {
        let bytes = jpeg(P3_GREEN, segments);
        let header = read_header(&bytes).unwrap();
        assert_eq!((header.color_space, header.bad_profile), (ColorSpace::Srgb, true), "{:?}", segments.len());
        assert!(near(&rendition(&bytes, Colors::Keep).0, &P3_GREEN, 3));
    }
}

#[test]
fn chunks_of_a_png_count_in_the_order_of_the_standard() {
    let plain = png(&P3_GREEN, ExtendedColorType::Rgb8, None);
    let profiled = png(&P3_GREEN, ExtendedColorType::Rgb8, Some(&p3()));
    let cicp = |bytes: &[u8], primaries, transfer| with_chunk(bytes, b"cICP", &[primaries, transfer, 0, 1]);
    let gamma = |bytes: &[u8], gamma: u32| with_chunk(bytes, b"gAMA", &gamma.to_be_bytes());
    let srgb = |bytes: &[u8]| with_chunk(bytes, b"sRGB", &[0]);
    let adobe = [31_270_u32, 32_900, 64_000, 33_000, 21_000, 71_000, 15_000, 6_000].map(u32::to_be_bytes).concat();
    let places = |bytes: &[u8]| with_chunk(bytes, b"cHRM", &adobe);
    use ColorSpace::{Foreign, Profiled, Srgb};
    for (name, bytes, space) in [
        ("nothing", plain.clone(), Srgb),
        ("a profile", profiled.clone(), Profiled),
        ("cICP of sRGB over a profile", cicp(&profiled, 1, 13), Srgb),
        ("cICP of Display P3", cicp(&plain, 12, 13), Profiled),
        ("cICP of PQ", cicp(&plain, 9, 16), Foreign),
        ("cICP of HLG", cicp(&plain, 9, 18), Foreign),
        ("cICP that is reserved", cicp(&profiled, 3, 13), Profiled),
        ("sRGB", srgb(&plain), Srgb),
        ("sRGB over gamma", srgb(&gamma(&plain, 100_000)), Srgb),
        ("gamma as encoders have it", gamma(&plain, 45_455), Srgb),
        ("linear", gamma(&plain, 100_000), Profiled),
        ("places and gamma", places(&gamma(&plain, 45_455)), Profiled),
        ("places alone", places(&plain), Srgb),
        ("gamma of nothing", gamma(&plain, 0), Srgb),
    ] {
        assert_eq!(read_header(&bytes).unwrap().color_space, space, "{name}");
        rendition(&bytes, Colors::Keep);
    }
    assert_eq!(rendition(&cicp(&plain, 12, 13), Colors::Keep).1, Some(p3()));
    let (converted, _) = rendition(&places(&gamma(&plain, 45_455)), Colors::Srgb);
    assert!(converted[0] == 0 && converted[1] > 215, "{converted:?}");
}

#[test]
fn linear_light_of_16_bits_gets_a_curve_before_it_gets_8_bits() {
    let linear = write::rgb(&Chromaticities::SRGB.columns().unwrap(), &Curve::Power(1.0));
    // One thousandth of white's light: 3 in sRGB, and 0 in 8 bits of linear light.
    let dark = 66_u16.to_ne_bytes();
    let bytes = png(&[dark, dark, dark].concat(), ExtendedColorType::Rgb16, Some(&linear));
    assert_eq!(rendition(&bytes, Colors::Keep), (vec![3; 3], None));
    assert_eq!(rendition(&bytes, Colors::Srgb), (vec![3; 3], None));
    let wide = write::rgb(&Chromaticities::BT2020.columns().unwrap(), &Curve::Power(1.0));
    let bytes = png(&[dark, dark, dark].concat(), ExtendedColorType::Rgb16, Some(&wide));
    let (kept, profile) = rendition(&bytes, Colors::Keep);
    assert_eq!(kept, [3; 3]);
    let curve = Profile::read(&profile.unwrap(), Model::Rgb).unwrap().light(0, 0.5);
    assert!((curve - 0.214).abs() < 0.001, "{curve}");
    let gray = png(&dark, ExtendedColorType::L16, Some(&write::gray(&Curve::Power(1.0))));
    assert_eq!(rendition(&gray, Colors::Keep), (vec![3], None));
}

#[test]
fn gray_stays_one_component_in_its_own_curve_or_srgb() {
    let dot_gain = write::gray(&Curve::Power(1.75));
    let bytes = png(&[100], ExtendedColorType::L8, Some(&dot_gain));
    assert_eq!(rendition(&bytes, Colors::Keep), (vec![100], Some(dot_gain)));
    // (100 / 255) to the power of 1.75 is 0.194 of white's light.
    assert_eq!(rendition(&bytes, Colors::Srgb), (vec![122], None));
}

#[test]
fn inks_are_always_converted_inverted_or_not() {
    let magenta = [0_u8, 200, 0, 0];
    let mut bytes = Vec::new();
    // The encoder inverts them, as all encoders do.
    let pixels = magenta.repeat(32 * 24);
    jpeg_encoder::Encoder::new(&mut bytes, 98).encode(&pixels, 32, 24, jpeg_encoder::ColorType::Cmyk).unwrap();
    let mut ycck = Vec::new();
    jpeg_encoder::Encoder::new(&mut ycck, 98).encode(&pixels, 32, 24, jpeg_encoder::ColorType::CmykAsYcck).unwrap();
    for bytes in [bytes, ycck] {
        assert_eq!(read_header(&bytes).unwrap().color_space, ColorSpace::Foreign);
        for colors in [Colors::Keep, Colors::Srgb] {
            let (found, profile) = rendition(&bytes, colors);
            assert!(near(&found, &[255, 55, 255], 3) && profile.is_none(), "{found:?}");
        }
    }
}

#[test]
fn placeholders_are_srgb_whatever_the_renditions_are() {
    let bytes = png(&P3_GREEN, ExtendedColorType::Rgb8, Some(&p3()));
    let header = read_header(&bytes).unwrap();
    for colors in [Colors::Keep, Colors::Srgb] {
        let recipe = Recipe::Survey { turn: header.orientation, colors, background: Background::WHITE };
        let found = render(&bytes, &header, &[recipe]).unwrap().remove(0);
        assert!(near(&found[..3], &SRGB_GREEN, 2), "{found:?}");
    }
}

#[test]
fn both_kinds_of_colours_can_be_asked_for_at_once() {
    let bytes = jpeg(P3_GREEN, &[(1, 1, &p3())]);
    let header = read_header(&bytes).unwrap();
    let of = |colors| Recipe::Encode(Encode { colors, ..recipe(&header, size(16, 12)) });
    let recipes = [of(Colors::Srgb), of(Colors::Keep), of(Colors::Srgb)];
    let together = render(&bytes, &header, &recipes).unwrap();
    for (recipe, expected) in recipes.iter().zip(&together) {
        assert!(render(&bytes, &header, std::slice::from_ref(recipe)).unwrap()[0] == *expected);
    }
    assert!(together[0] == together[2] && together[0] != together[1]);
}

#[test]
fn what_is_transparent_shows_the_background_without_dark_edges() {
    // White on transparent black: the edge must stay white in PNG, and be between white and the background in JPEG.
    let pixels: Vec<u8> =
        (0..64 * 48).flat_map(|i| if i % 64 < 33 { [0, 0, 0, 0] } else { [255, 255, 255, 255] }).collect();
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&pixels, 64, 48, ExtendedColorType::Rgba8).unwrap();
    let header = read_header(&bytes).unwrap();
    let background = Background([120; 3]);
    let jpeg = Encode { background, ..recipe(&header, size(16, 12)) };
    let png = Encode { encoding: Encoding::Png, ..jpeg.clone() };
    let results = render(&bytes, &header, &[Recipe::Encode(png), Recipe::Encode(jpeg)]).unwrap();
    let [png, jpeg] = [look(&results[0]), look(&results[1])];
    for x in 0..16 {
        let found = pixel(&png, x, 6);
        assert!(found[3] == 0 || found[..3] == [255; 3], "{found:?} at {x}");
        let shown = pixel(&jpeg, x, 6);
        assert!(shown.iter().all(|channel| *channel >= 105), "{shown:?} at {x}");
    }
    assert!(near(pixel(&jpeg, 2, 6), &[120; 3], 4) && near(pixel(&jpeg, 13, 6), &[255; 3], 4));
    // Gray with alpha becomes coloured over a coloured background.
    let background = Background([200, 100, 0]);
    let gray = self::png(&[90, 0], ExtendedColorType::La8, None);
    let result = rendered(&gray, |header| Recipe::Encode(Encode { background, ..recipe(header, size(16, 12)) }));
    assert!(near(pixel(&look(&result), 8, 6), &[200, 100, 0], 4));
}
