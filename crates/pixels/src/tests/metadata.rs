//! Metadata of results: never location or owner, for any kind of rendition.

use jpeg::{Effort, Orientation, Sequential};
use jpeg_encoder::SamplingFactor as Sampling;

use super::make::*;
use crate::base::decoded::Wanted;
use crate::base::recipe::{Chroma, Colors, Encode, Encoding, Metadata, Recipe};
use crate::open::carriers::find;
use crate::open::decode;
use crate::open::header::read_header;
use crate::{About, read_about};

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn has_exif(bytes: &[u8]) -> bool {
    find(bytes).exif().first.is_some()
}

/// The request for the pixels to compare.
const WHOLE: Wanted<'_> = Wanted {
    colors: Colors::Keep,
    levels: &[0],
    placings: &[],
    half_chroma: false,
    coefficients: &[],
    parallelism: &Sequential,
};

#[test]
fn headers_tell_size_orientation_and_time() {
    for turn in turns() {
        for bytes in [jpeg(size(40, 30), turn, Sampling::F_2_2, slopes), png(size(40, 30), turn, false, slopes)] {
            let header = read_header(&bytes).unwrap();
            assert_eq!((header.display(), header.orientation), (size(40, 30), turn));
            assert_eq!(read_about(&bytes).captured.unwrap().time.to_string(), "2024-05-17T18:03:59");
            assert!(!header.alpha && !header.animated);
        }
    }
}

#[test]
fn neither_place_nor_serial_number_is_ever_published() {
    for turn in turns() {
        for bytes in [jpeg(size(40, 30), turn, Sampling::F_2_2, slopes), png(size(40, 30), turn, false, slopes)] {
            assert!(contains(&bytes, "LOCATION!") && contains(&bytes, "SERIAL-99"));
            for metadata in [Metadata::None, Metadata::Credit, Metadata::AllButLocation] {
                for encoding in [
                    Encoding::Jpeg { quality: 75, progressive: false, effort: Effort::Balanced, chroma: Chroma::Half },
                    Encoding::Png,
                ] {
                    let result = rendered(&bytes, |header| {
                        Recipe::Encode(Encode { metadata, encoding, ..recipe(header, size(20, 15)) })
                    });
                    assert!(!contains(&result, "LOCATION!") && !contains(&result, "SERIAL-99"));
                    assert_eq!(contains(&result, "Maker 42"), metadata == Metadata::AllButLocation);
                    let header = read_header(&result).unwrap();
                    assert_eq!(header.orientation, Orientation::UPRIGHT);
                    assert_eq!(read_about(&result).captured.is_some(), metadata == Metadata::AllButLocation);
                    assert_eq!(has_exif(&result), metadata == Metadata::AllButLocation);
                }
            }
            let kept = rendered(&bytes, |_| Recipe::Keep { metadata: Metadata::Credit });
            for secret in ["LOCATION!", "SERIAL-99", "Maker 42", "MPF"] {
                assert!(!contains(&kept, secret));
            }
            let header = read_header(&kept).unwrap();
            assert_eq!((header.orientation, header.display()), (turn, size(40, 30)));
            assert_eq!(read_about(&kept), About::default());
            assert_eq!(has_exif(&kept), turn != Orientation::UPRIGHT);
        }
    }
}

#[test]
fn kept_pixels_are_the_same_to_the_bit() {
    let mut source = jpeg(size(70, 50), Orientation::from_exif(6), Sampling::F_2_2, quarters);
    let scan = |bytes: &[u8]| {
        let start = bytes.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
        let end = bytes.windows(2).rposition(|pair| pair == [0xFF, 0xD9]).unwrap();
        bytes[start..end].to_vec()
    };
    let scans = scan(&source);
    source.extend(b"a film that a telephone puts behind its photos");
    let kept = rendered(&source, |_| Recipe::Keep { metadata: Metadata::Credit });
    assert_eq!(scan(&kept), scans);
    assert!(kept.ends_with(&[0xFF, 0xD9]));
    for bytes in [source, png(size(70, 50), Orientation::from_exif(3), true, quarters)] {
        let format = read_header(&bytes).unwrap().format;
        let kept = rendered(&bytes, |_| Recipe::Keep { metadata: Metadata::Credit });
        let [a, b] =
            [&bytes, &kept].map(|bytes| decode::decode(bytes, format, &WHOLE).unwrap().levels.swap_remove(0).1.planes);
        assert!(a == b);
    }
}

/// Returns a WebP file of these chunks.
fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, data) in chunks {
        body.extend(*name);
        body.extend((data.len() as u32).to_le_bytes());
        body.extend(*data);
        body.extend(std::iter::repeat_n(0, data.len() % 2));
    }
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

#[test]
fn a_kept_webp_says_nothing_but_its_orientation() {
    let (size, pixels) = stored(size(40, 30), Orientation::from_exif(6), slopes);
    let mut plain = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_raw(size.width, size.height, pixels)
        .unwrap()
        .write_to(&mut plain, image::ImageFormat::WebP)
        .unwrap();
    let plain = plain.into_inner();
    let (name, data) = (plain[12..16].try_into().unwrap(), &plain[20..]);
    let extended = [0x0C, 0, 0, 0, size.width as u8 - 1, 0, 0, size.height as u8 - 1, 0, 0];
    for turn in turns() {
        let exif = exif(turn);
        let source =
            webp(&[(b"VP8X", &extended), (name, data), (b"EXIF", &exif), (b"XMP ", b"LOCATION!"), (b"odd ", b"x")]);
        let header = read_header(&source).unwrap();
        assert_eq!((header.orientation, header.stored), (turn, size));
        let kept = rendered(&source, |_| Recipe::Keep { metadata: Metadata::Credit });
        assert!(!contains(&kept, "LOCATION!") && !contains(&kept, "SERIAL-99") && !contains(&kept, "odd "));
        assert_eq!(read_header(&kept).unwrap().orientation, turn);
        assert_eq!(kept[20] & 0x0C, if turn == Orientation::UPRIGHT { 0 } else { 0x08 });
        assert_eq!(u32::from_le_bytes(kept[4..8].try_into().unwrap()) as usize + 8, kept.len());
        let [a, b] = [&source, &kept]
            .map(|bytes| decode::decode(bytes, header.format, &WHOLE).unwrap().levels.swap_remove(0).1.planes);
        assert!(a == b);
    }
}

#[test]
fn a_kept_gif_keeps_its_frames_and_loses_its_comments() {
    let mut plain = std::io::Cursor::new(Vec::new());
    let (size, pixels) = stored(size(20, 10), Orientation::UPRIGHT, quarters);
    let picture = image::RgbImage::from_raw(size.width, size.height, pixels).unwrap();
    picture.write_to(&mut plain, image::ImageFormat::Gif).unwrap();
    let plain = plain.into_inner();
    let start = crate::formats::gif::blocks::first_block(&plain).unwrap();
    let end = plain.len() - 1;
    let source = [
        &plain[..start],
        b"\x21\xFE\x09LOCATION!\0",
        b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0",
        b"\x21\xFF\x0BXMP DataXMP\x09LOCATION!\0",
        &plain[start..end],
        &plain[start..end],
        b";LOCATION!",
    ]
    .concat();
    let header = read_header(&source).unwrap();
    assert!(header.animated);
    let kept = rendered(&source, |_| Recipe::Keep { metadata: Metadata::Credit });
    let loop_forever = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0";
    let expected = [&plain[..start], loop_forever, &plain[start..end], &plain[start..end], b";"].concat();
    assert!(kept == expected);
}
