use super::*;

#[test]
fn numbers_of_h_273_are_told_apart() {
    assert_eq!(Tag::of_cicp(1, 13), Some(Tag::Srgb));
    assert_eq!(Tag::of_cicp(12, 13), Some(Tag::Primaries(Chromaticities::P3, Curve::SRGB)));
    assert_eq!(Tag::of_cicp(9, 16), Some(Tag::Hdr(Chromaticities::BT2020, Transfer::Pq)));
    assert_eq!(Tag::of_cicp(9, 18), Some(Tag::Hdr(Chromaticities::BT2020, Transfer::Hlg)));
    assert_eq!(Tag::of_cicp(0, 13), None);
    assert_eq!(Tag::of_cicp(1, 0), None);
}

#[test]
fn a_profile_that_cannot_be_used_is_noted_and_left_out() {
    let p3 = write::rgb(&Chromaticities::P3.columns().unwrap(), &Curve::SRGB);
    let judged = |tag, model| {
        let (source, bad) = Source::judge(tag, model);
        (source.space(), bad)
    };
    assert_eq!(judged(Tag::Icc(p3.clone()), Model::Rgb), (ColorSpace::Profiled, false));
    assert_eq!(judged(Tag::Icc(p3.clone()), Model::Gray), (ColorSpace::Srgb, true));
    assert_eq!(judged(Tag::Icc(p3), Model::Cmyk), (ColorSpace::Foreign, true));
    assert_eq!(judged(Tag::Icc(Vec::new()), Model::Rgb), (ColorSpace::Srgb, true));
    assert_eq!(judged(Tag::Srgb, Model::Cmyk), (ColorSpace::Foreign, false));
    assert_eq!(judged(Tag::Srgb, Model::Lab), (ColorSpace::Foreign, false));
    let flat = Chromaticities { primaries: [[0.3, 0.3]; 3], white: write::D65 };
    assert_eq!(judged(Tag::Primaries(flat, Curve::SRGB), Model::Rgb), (ColorSpace::Srgb, true));
}

#[test]
fn cameras_note_adobe_rgb_without_a_profile() {
    let block = |space: u16, index: &[u8; 4]| {
        let entry = |tag: u16, kind: u16, count: u32, value: &[u8; 4]| {
            [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), value].concat()
        };
        let space = [space.to_be_bytes()[0], space.to_be_bytes()[1], 0, 0];
        let mut block = b"MM\0\x2A\0\0\0\x08\0\x01".to_vec();
        block.extend(entry(0x8769, 4, 1, &26_u32.to_be_bytes()));
        block.extend([0; 4]);
        block.extend([0, 2]);
        block.extend(entry(0xA001, 3, 1, &space));
        block.extend(entry(0xA005, 4, 1, &56_u32.to_be_bytes()));
        block.extend([0; 4]);
        block.extend([0, 1]);
        block.extend(entry(0x0001, 2, 4, index));
        block
    };
    assert!(exif_says_adobe_rgb(&block(2, b"R98\0")));
    assert!(exif_says_adobe_rgb(&block(0xFFFF, b"R03\0")));
    assert!(!exif_says_adobe_rgb(&block(0xFFFF, b"R98\0")));
    assert!(!exif_says_adobe_rgb(&block(1, b"R03\0")));
    assert!(!exif_says_adobe_rgb(b""));
}
