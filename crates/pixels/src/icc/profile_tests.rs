use super::*;
use crate::icc::write::{self, Chromaticities};

fn rgb(chromaticities: &Chromaticities, curve: &Curve) -> Vec<u8> {
    write::rgb(&chromaticities.columns().unwrap(), curve)
}

/// A table of this many entries.
fn table(entries: usize, curve: impl Fn(f64) -> f64) -> Curve {
    let value = |i: usize| (curve(i as f64 / (entries - 1) as f64) * 65_535.0).round() as u16;
    Curve::Table((0..entries).map(value).collect())
}

#[test]
fn srgb_is_known_by_what_it_says_and_not_by_its_name() {
    let is_srgb = |curve: &Curve| Profile::read(&rgb(&Chromaticities::SRGB, curve), Model::Rgb).unwrap().is_srgb();
    for entries in [256, 1024, 4096] {
        assert!(is_srgb(&table(entries, |x| Curve::SRGB.at(x))), "{entries}");
        assert!(!is_srgb(&table(entries, |x| x.powf(2.2))), "{entries}");
    }
    for (curve, srgb) in
        [(Curve::SRGB, true), (Curve::Power(2.2), false), (Curve::Power(1.0), false), (Curve::BT709, false)]
    {
        assert_eq!(is_srgb(&curve), srgb, "{curve:?}");
    }
    for other in [Chromaticities::P3, Chromaticities::ADOBE, Chromaticities::BT2020] {
        assert!(!Profile::read(&rgb(&other, &Curve::SRGB), Model::Rgb).unwrap().is_srgb());
    }
}

#[test]
fn gray_of_the_power_of_2_2_needs_no_profile() {
    for (curve, srgb) in [
        (Curve::SRGB, true),
        (Curve::Power(563.0 / 256.0), true),
        (Curve::Power(1.8), false),
        (Curve::Power(1.0), false),
    ] {
        assert_eq!(Profile::read(&write::gray(&curve), Model::Gray).unwrap().is_srgb(), srgb, "{curve:?}");
    }
}

#[test]
fn a_profile_is_for_the_pixels_it_is_about() {
    let display = rgb(&Chromaticities::P3, &Curve::SRGB);
    assert!(Profile::read(&display, Model::Rgb).unwrap().can_travel());
    for model in [Model::Gray, Model::Cmyk, Model::Lab] {
        assert!(Profile::read(&display, model).is_none(), "{model:?}");
    }
}

#[test]
fn a_profile_that_ends_too_early_is_none() {
    let whole = rgb(&Chromaticities::P3, &table(64, |x| x * x));
    let needed = whole.len();
    for length in 0..needed {
        assert!(Profile::read(&whole[..length], Model::Rgb).is_none(), "{length}");
    }
    let behind = [&whole[..], b"trailing"].concat();
    assert!(Profile::read(&behind, Model::Rgb).is_some());
}

#[test]
fn a_long_profile_does_not_travel() {
    let long = rgb(&Chromaticities::P3, &table(40_000, |x| x * x));
    assert!(!Profile::read(&long, Model::Rgb).unwrap().can_travel());
    assert!(Profile::read(&vec![0; LONGEST + 1], Model::Rgb).is_none());
}
