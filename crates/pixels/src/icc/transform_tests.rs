use proptest::prelude::*;

use super::*;
use crate::icc::write::{self, Chromaticities};
use crate::icc::{Model, Transfer};

fn convert(transform: &Transform, pixel: [u16; 4]) -> [u8; 3] {
    let mut found = [0; 3];
    transform.convert(1, |_| pixel, |_, color| found = color);
    found
}

fn profile(chromaticities: &Chromaticities, curve: &Curve) -> Profile {
    Profile::read(&write::rgb(&chromaticities.columns().unwrap(), curve), Model::Rgb).unwrap()
}

/// Returns the result of matrix and curves, in floating-point numbers.
fn reference(profile: &Profile, pixel: [u16; 3], max: f64) -> [f64; 3] {
    let at = [0, 1, 2, 3].map(|i: usize| pixel.get(i).map_or(0.0, |value| f64::from(*value) / max));
    apply(&to_linear_srgb(), profile.xyz(at)).map(|light| srgb_of_linear(light) * 255.0)
}

#[test]
fn matrices_meet_the_reference_within_one_number() {
    for (chromaticities, curve) in [
        (Chromaticities::P3, Curve::SRGB),
        (Chromaticities::ADOBE, Curve::Power(563.0 / 256.0)),
        (Chromaticities::BT2020, Curve::BT709),
    ] {
        let profile = profile(&chromaticities, &curve);
        let narrow = Transform::to_srgb(&profile, 255);
        let wide = Transform::to_srgb(&profile, 65_535);
        for i in 0..4096_u16 {
            let pixel = [i % 16 * 17, i / 16 % 16 * 17, i / 256 * 17];
            let expected = reference(&profile, pixel, 255.0);
            let found = convert(&narrow, [pixel[0], pixel[1], pixel[2], 0]);
            let same = convert(&wide, [pixel[0] * 257, pixel[1] * 257, pixel[2] * 257, 0]);
            assert_eq!(found, same);
            for (found, expected) in found.iter().zip(expected) {
                assert!((f64::from(*found) - expected).abs() < 0.6, "{found} instead of {expected} of {pixel:?}");
            }
        }
    }
}

#[test]
fn white_black_and_grays_stay_neutral() {
    for curve in [Curve::SRGB, Curve::Power(1.8), Curve::Power(1.0)] {
        for chromaticities in [Chromaticities::P3, Chromaticities::ADOBE, Chromaticities::BT2020] {
            let transform = Transform::to_srgb(&profile(&chromaticities, &curve), 255);
            for gray in 0..=255 {
                let [r, g, b] = convert(&transform, [gray, gray, gray, 0]);
                assert!(r.abs_diff(g) <= 1 && g.abs_diff(b) <= 1, "{r}, {g}, {b} of {gray}");
            }
            assert_eq!(convert(&transform, [255, 255, 255, 0]), [255; 3]);
            assert_eq!(convert(&transform, [0, 0, 0, 0]), [0; 3]);
        }
    }
}

/// Returns a CMYK profile of two points for each channel, in L*a*b* of 16 bits: paper, inks that each remove half of the light, and a
/// black with this L*.
fn inks(black: u16) -> Vec<u8> {
    let mut data = b"mft2\0\0\0\0\x04\x03\x02\0".to_vec();
    for i in 0..9 {
        data.extend(if i % 4 == 0 { 65_536_u32 } else { 0 }.to_be_bytes());
    }
    data.extend([0, 2, 0, 2]);
    data.extend([0, 0, 0xFF, 0xFF].repeat(4));
    for node in 0..16_u32 {
        let inks = node.count_ones() as u16;
        let lightness = 0xFF00 - (0xFF00 - black * 0x28F) / 4 * inks;
        data.extend([lightness, 0x8000, 0x8000].iter().flat_map(|value| value.to_be_bytes()));
    }
    data.extend([0, 0, 0xFF, 0xFF].repeat(3));
    let mut profile = vec![0; 128];
    profile[16..24].copy_from_slice(b"CMYKLab ");
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend(1_u32.to_be_bytes());
    profile.extend(b"A2B1");
    profile.extend(144_u32.to_be_bytes());
    profile.extend((data.len() as u32).to_be_bytes());
    profile.extend(data);
    profile
}

#[test]
fn the_black_of_inks_becomes_black_and_paper_white() {
    for black in [0, 10, 20] {
        let profile = Profile::read(&inks(black), Model::Cmyk).unwrap();
        assert!(!profile.can_travel() && !profile.is_srgb());
        let transform = Transform::to_srgb(&profile, 255);
        assert_eq!(convert(&transform, [0, 0, 0, 0]), [255; 3], "{black}");
        let [r, g, b] = convert(&transform, [255; 4]);
        assert!(r <= 1 && g <= 1 && b <= 1, "{r}, {g}, {b} of black {black}");
        let lights: Vec<u8> = (0..=255).map(|i| convert(&transform, [i; 4])[1]).collect();
        assert!(lights.is_sorted_by(|a, b| a >= b), "{lights:?}");
    }
}

#[test]
fn inks_of_which_nothing_is_known_are_multiplied() {
    let transform = Transform::to_srgb(&Profile::of(Device::Inks), 255);
    for (inks, expected) in [
        ([0, 0, 0, 0], [255, 255, 255]),
        ([255, 0, 0, 0], [0, 255, 255]),
        ([0, 128, 0, 0], [255, 127, 255]),
        ([0, 0, 0, 255], [0, 0, 0]),
        ([51, 0, 102, 51], [163, 204, 122]),
    ] {
        let found = convert(&transform, inks);
        assert!(found.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= 1), "{found:?} instead of {expected:?}");
    }
}

#[test]
fn bright_light_is_brought_below_white() {
    let columns = Chromaticities::BT2020.columns().unwrap();
    for transfer in [Transfer::Pq, Transfer::Hlg] {
        let transform = Transform::to_srgb(&Profile::of(Device::Hdr(transfer, columns)), 65_535);
        assert_eq!(convert(&transform, [0; 4]), [0; 3]);
        assert_eq!(convert(&transform, [65_535; 4]), [255; 3]);
    }
}

#[test]
fn lab_is_what_it_says() {
    let transform = Transform::to_srgb(&Profile::of(Device::Lab), 255);
    let at = |l: u16, a: i16, b: i16| convert(&transform, [l * 255 / 100, (a + 128) as u16, (b + 128) as u16, 0]);
    assert_eq!(at(100, 0, 0), [255; 3]);
    assert_eq!(at(0, 0, 0), [0; 3]);
    // The primaries of sRGB, relative to D50.
    for (found, expected) in
        [(at(54, 81, 70), [255, 0, 0]), (at(88, -79, 81), [0, 255, 0]), (at(30, 68, -112), [0, 0, 255])]
    {
        assert!(found.iter().zip(expected).all(|(a, b): (&u8, u8)| a.abs_diff(b) <= 16), "{found:?}, {expected:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Any profile is read or refused, and converts without a panic.
    #[test]
    fn damaged_profiles_never_panic(
        which in 0..3_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
        pixel in any::<[u8; 4]>(),
    ) {
        let (mut bytes, model) = match which {
            0 => (inks(9), Model::Cmyk),
            1 => (write::rgb(&Chromaticities::P3.columns().unwrap(), &Curve::SRGB), Model::Rgb),
            _ => (write::gray(&Curve::Power(1.8)), Model::Gray),
        };
        for (index, value) in changes {
            let index = index.index(bytes.len());
            bytes[index] = value;
        }
        let cut = cut.index(2 * bytes.len()).min(bytes.len());
        if let Some(profile) = Profile::read(&bytes[..cut], model) {
            let (_, _) = (profile.is_srgb(), profile.linear());
            if model != Model::Cmyk {
                convert(&Transform::to_srgb(&profile, 255), pixel.map(u16::from));
            } else {
                profile.xyz(pixel.map(|ink| f64::from(ink) / 255.0));
            }
        }
    }
}
