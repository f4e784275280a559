use super::*;
use crate::icc::Curve;
use crate::icc::write::Chromaticities;

#[test]
fn a_profile_that_cannot_be_used_is_noted_and_left_out() {
    let p3 = write::rgb(&Chromaticities::P3.columns().unwrap(), &Curve::SRGB);
    let judged = |tag, model| {
        let (source, bad) = SourceColors::judge(tag, model);
        (source.space(), bad)
    };
    assert_eq!(judged(Tag::Icc(p3.clone()), Model::Rgb), (ColorSpace::Profiled, false));
    assert_eq!(judged(Tag::Icc(p3.clone()), Model::Gray), (ColorSpace::Srgb, false));
    assert_eq!(judged(Tag::Icc(p3[..99].to_vec()), Model::Gray), (ColorSpace::Srgb, true));
    assert_eq!(judged(Tag::Icc(p3), Model::Cmyk), (ColorSpace::Foreign, true));
    assert_eq!(judged(Tag::Icc(Vec::new()), Model::Rgb), (ColorSpace::Srgb, true));
    assert_eq!(judged(Tag::Srgb, Model::Cmyk), (ColorSpace::Foreign, false));
    assert_eq!(judged(Tag::Srgb, Model::Lab), (ColorSpace::Foreign, false));
    let flat = Chromaticities { primaries: [[0.3, 0.3]; 3], white: write::D65 };
    assert_eq!(judged(Tag::Primaries(flat, Curve::SRGB), Model::Rgb), (ColorSpace::Srgb, true));
}
