//! Search for secrets in all results from files with secrets.

use jpeg::{Effort, Orientation};
use jpeg_encoder::SamplingFactor as Sampling;
use proptest::prelude::*;

use super::make::*;
use super::secret_files::*;
use crate::base::recipe::{Chroma, Encode, Encoding, Metadata, Recipe};
use crate::open::header::read_header;
use crate::{LeakKind, leaks, read_about};

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Returns both encodings, and the file itself with the metadata that is kept.
fn made(bytes: &[u8], metadata: Metadata) -> [Vec<u8>; 3] {
    let encode = |encoding| {
        rendered(bytes, |header| {
            let size = size(header.display().width / 2, header.display().height / 2);
            Recipe::Encode(Encode { metadata, encoding, ..recipe(header, size) })
        })
    };
    let jpeg =
        encode(Encoding::Jpeg { quality: 75, progressive: true, effort: Effort::Balanced, chroma: Chroma::Half });
    [jpeg, encode(Encoding::Png), rendered(bytes, |_| Recipe::Keep { metadata })]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_is_ever_published(kind in 0..4_usize, turn in 1..=8_u32, little_endian: bool) {
        let bytes = source(kind, Orientation::from_exif(turn), little_endian);
        for metadata in [Metadata::None, Metadata::Credit, Metadata::AllButLocation] {
            for (form, result) in made(&bytes, metadata).iter().enumerate() {
                let what = format!("{metadata:?} of kind {kind} in form {form}");
                prop_assert!(!contains(result, "SECRET"), "{}", what);
                prop_assert_eq!(leaks(result), Some(Vec::new()), "{}", what);
                prop_assert_eq!(contains(result, "CREDIT"), metadata != Metadata::None, "{}", what);
                prop_assert_eq!(contains(result, "PUBLIC"), metadata == Metadata::AllButLocation, "{}", what);
            }
        }
    }
}

#[test]
fn credit_survives_whole_in_every_form() {
    for kind in 0..4 {
        let bytes = source(kind, Orientation::from_exif(6), true);
        let credit = read_about(&bytes).credit;
        assert_eq!(credit.copyright.any(), Some("© CREDIT rights"));
        assert_eq!(credit.creators, ["CREDIT creator"]);
        assert_eq!(credit.line.as_deref(), Some("CREDIT line"));
        assert_eq!(credit.licence.as_deref(), Some("https://example.org/CREDIT-licence"));
        assert_eq!(credit.licensors, ["https://example.org/CREDIT-licensor"]);
        for metadata in [Metadata::Credit, Metadata::AllButLocation, Metadata::All] {
            for (form, result) in made(&bytes, metadata).iter().enumerate() {
                assert_eq!(read_about(result).credit, credit, "{metadata:?} of kind {kind} in form {form}");
            }
        }
    }
}

#[test]
fn credit_of_each_carrier_alone_survives() {
    let plain = jpeg(size(40, 30), Orientation::UPRIGHT, Sampling::F_2_2, slopes);
    let plain = crate::formats::jpeg::strip::strip(&plain, &Default::default()).unwrap();
    let with = |segment: Vec<u8>| [&plain[..20], &segment, &plain[20..]].concat();
    let exif = exif_with_secrets(Orientation::UPRIGHT, false);
    for (segment, notice, creators) in [
        (segment(0xE1, &[b"Exif\0\0", &exif[..]].concat()), "© CREDIT Copyright", &["CREDIT Artist", "CREDIT Zoë"][..]),
        (segment(0xED, &[b"Photoshop 3.0\0", &resources()[..]].concat()), "CREDIT notice", &["CREDIT by-line"]),
    ] {
        let result = &made(&with(segment), Metadata::Credit)[0];
        let credit = read_about(result).credit;
        assert_eq!(credit.copyright.any(), Some(notice));
        assert_eq!(credit.creators, creators);
        // As another reader decodes it.
        let read = exif::Reader::new().read_from_container(&mut std::io::Cursor::new(result)).unwrap();
        let field = read.get_field(exif::Tag::Copyright, exif::In::PRIMARY).unwrap();
        assert!(matches!(&field.value, exif::Value::Ascii(texts) if texts[0] == notice.as_bytes()));
    }
}

#[test]
fn all_keeps_everything_but_what_is_no_longer_true() {
    for (kind, little_endian) in [(0, true), (0, false), (1, true), (2, false)] {
        let bytes = source(kind, Orientation::from_exif(6), little_endian);
        for (form, result) in made(&bytes, Metadata::All).iter().enumerate() {
            let what = format!("kind {kind} in form {form}");
            for kept in ["SECRET maker note", "SECRET owner", "SECRET area", "SECRET city"] {
                assert!(contains(result, kept), "{kept} of {what}");
            }
            assert!(!contains(result, "SECRET THUMBNAIL") && !contains(result, "SECRET program"), "{what}");
            let turned = if form == 2 { 6 } else { 1 };
            assert_eq!(read_header(result).unwrap().orientation.exif(), turned, "{what}");
            let found: Vec<LeakKind> = leaks(result).unwrap().iter().map(|leak| leak.kind).collect();
            assert!(found.contains(&LeakKind::Location) && found.contains(&LeakKind::SerialNumber), "{what}");
        }
    }
    let webp = webp_with_secrets(Orientation::from_exif(6), true);
    let [jpeg, ..] = made(&webp, Metadata::All);
    assert!(contains(&jpeg, "tiff:Orientation='1'"));
}

#[test]
fn leaks_are_told_with_their_values() {
    let bytes = jpeg_with_secrets(Orientation::UPRIGHT, true);
    let found = leaks(&bytes).unwrap();
    let has = |secret, value: &str, carrier: &str| {
        assert!(
            found.iter().any(|leak| (leak.kind, leak.value.as_str(), leak.carrier) == (secret, value, carrier)),
            "{value} of {carrier} in {found:#?}"
        );
    };
    has(LeakKind::Location, "48.85819, -48.85819", "Exif");
    has(LeakKind::Location, "48,51.49N", "XMP");
    has(LeakKind::Location, "SECRET shown", "XMP");
    has(LeakKind::Location, "SECRET iptc city", "IPTC");
    has(LeakKind::SerialNumber, "SECRET body", "Exif");
    has(LeakKind::SerialNumber, "SECRET lens", "Exif");
    has(LeakKind::SerialNumber, "SECRET camera number", "Exif");
    has(LeakKind::SerialNumber, "SECRET xmp body", "XMP");
    has(LeakKind::Name, "SECRET owner", "Exif");
    has(LeakKind::Name, "SECRET person", "XMP");
    has(LeakKind::Name, "SECRET face", "XMP");
    has(LeakKind::Name, "SECRET tag", "XMP");
    has(LeakKind::Contact, "SECRET@example.org", "XMP");
    has(LeakKind::Path, "/home/SECRET/photo.tif", "XMP");
    has(LeakKind::MakerNote, "", "Exif");
    // Data after the picture is searched too, and nothing is reported twice.
    let alone = jpeg(size(40, 30), Orientation::UPRIGHT, Sampling::F_2_2, slopes);
    let alone = crate::formats::jpeg::strip::strip(&alone, &Default::default()).unwrap();
    assert_eq!(leaks(&alone), Some(Vec::new()));
    assert_eq!(leaks(&[&alone[..], &bytes].concat()), Some(found.clone()));
    assert!(!found.iter().any(|leak| leak.value == "-"), "what is not known is not told");
    let mut sorted = found.clone();
    sorted.dedup();
    assert_eq!(sorted, found);
    assert_eq!(leaks(b"<!doctype html>"), None);
}

#[test]
fn films_tell_where_they_were_made() {
    let part = |kind: &[u8; 4], body: &[u8]| [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat();
    let kind = part(b"ftyp", b"qt  \0\0\0\0");
    let film = |parts: &[u8]| [kind.clone(), part(b"moov", parts)].concat();
    let xyz = part(b"udta", &part(b"\xA9xyz", b"\0\x12\x15\xC7+48.8577+002.2950/"));
    let keys = part(
        b"keys",
        &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &part(b"mdta", b"com.apple.quicktime.location.ISO6709")].concat(),
    );
    let value = part(b"ilst", &part(&1_u32.to_be_bytes(), &part(b"data", b"\0\0\0\x01\0\0\0\0+48.8577+002.2950/")));
    let apple = part(b"meta", &[keys.clone(), value.clone()].concat());
    let mp4 = part(b"meta", &[vec![0; 4], keys, value].concat());
    let numbers = [(2.295 * 65536.0) as i32, (48.8577 * 65536.0) as i32, 0].map(i32::to_be_bytes).concat();
    let loci = part(b"udta", &part(b"loci", &[b"\0\0\0\0\x15\xC7Paris\0\0", &numbers[..]].concat()));
    for (film, value) in [
        (film(&xyz), "+48.8577+002.2950/"),
        (film(&apple), "+48.8577+002.2950/"),
        (film(&mp4), "+48.8577+002.2950/"),
        (film(&loci), "48.85769, 2.29499"),
    ] {
        let found = leaks(&film).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].value.as_str(), found[0].carrier), (LeakKind::Location, value, "film"));
        for length in 0..film.len() {
            let _ = leaks(&film[..length]);
        }
    }
    assert_eq!(leaks(&film(b"")), Some(Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn damaged_metadata_never_panics(
        kind in 0..4_usize,
        little_endian: bool,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = source(kind, Orientation::from_exif(6), little_endian);
        for (index, value) in changes {
            let index = index.index(bytes.len());
            bytes[index] = value;
        }
        for bytes in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
            let _ = (read_about(bytes), leaks(bytes));
            if let Ok(header) = read_header(bytes) {
                for metadata in [Metadata::Credit, Metadata::AllButLocation, Metadata::All] {
                    let _ = crate::render(bytes, &header, &[Recipe::Keep { metadata }]);
                }
            }
        }
    }
}
