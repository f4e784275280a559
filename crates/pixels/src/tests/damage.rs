//! Damaged files are refused with a message, and never crash the program.

use jpeg::Orientation;
use jpeg_encoder::SamplingFactor as Sampling;
use proptest::prelude::*;

use super::make::*;
use super::real_files::real_files;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::recipe::{Encode, Encoding, Metadata, Recipe};
use crate::open::header::read_header;
use crate::render;

fn sources() -> Vec<Vec<u8>> {
    let mut sources = vec![
        jpeg(size(70, 50), Orientation::from_exif(6), Sampling::F_2_2, quarters),
        png(size(70, 50), Orientation::from_exif(3), true, quarters),
    ];
    for format in [image::ImageFormat::WebP, image::ImageFormat::Gif, image::ImageFormat::Tiff, image::ImageFormat::Bmp]
    {
        let (size, pixels) = stored(size(40, 30), Orientation::UPRIGHT, quarters);
        let picture = image::RgbImage::from_raw(size.width, size.height, pixels).unwrap();
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        sources.push(bytes.into_inner());
    }
    sources
}

/// Runs all operations on a file.
fn try_everything(bytes: &[u8]) -> Result<(), Error> {
    let header = read_header(bytes)?;
    let display = header.display();
    let target = size(display.width.div_ceil(2), display.height.div_ceil(2));
    let jpeg = recipe(&header, target);
    let png = Encode { encoding: Encoding::Png, ..jpeg.clone() };
    let recipes = [Recipe::Encode(jpeg), Recipe::Encode(png), placeholder(header.orientation)];
    let results = render(bytes, &header, &recipes)?;
    for result in &results[..2] {
        assert_eq!(read_header(result).unwrap().stored, target);
    }
    if !matches!(header.format, Format::Tiff | Format::Bmp) {
        let kept = render(bytes, &header, &[Recipe::Keep { metadata: Metadata::Credit }])?;
        assert_eq!(read_header(&kept[0]).unwrap().stored, header.stored);
    }
    Ok(())
}

#[test]
fn every_format_is_rendered() {
    for bytes in sources() {
        try_everything(&bytes).unwrap();
        let header = read_header(&bytes).unwrap();
        if header.format != Format::Jpeg && !header.alpha {
            let found = look(&rendered(&bytes, |header| Recipe::Encode(recipe(header, size(20, 15)))));
            assert!(near(pixel(&found, 15, 4), &[30, 200, 30], 8), "{:?}", header.format);
        }
    }
}

#[test]
fn a_frame_of_a_film_is_read_with_the_huffman_tables_that_all_of_them_share() {
    let whole = jpeg(size(70, 50), Orientation::UPRIGHT, Sampling::F_2_2, quarters);
    let mut bare = whole[..2].to_vec();
    let mut rest = &whole[2..];
    while rest[1] != 0xDA {
        let (segment, after) = rest.split_at(2 + usize::from(u16::from_be_bytes([rest[2], rest[3]])));
        bare.extend(if segment[1] == 0xC4 { &[] } else { segment });
        rest = after;
    }
    bare.extend(rest);
    assert!(bare.len() + 400 < whole.len());
    let smaller = |bytes: &[u8]| rendered(bytes, |header| Recipe::Encode(recipe(header, size(35, 25))));
    assert!(smaller(&bare) == smaller(&whole));
}

#[test]
fn a_file_that_is_cut_short_is_refused() {
    for bytes in sources() {
        let format = read_header(&bytes).unwrap().format;
        // Data after the pixels is not needed.
        let needed = if format == Format::Bmp { bytes.len() } else { bytes.len() * 9 / 10 };
        for length in (0..needed).step_by(7) {
            assert!(try_everything(&bytes[..length]).is_err(), "{format} with {length} of {} bytes", bytes.len());
        }
    }
}

#[test]
fn what_is_no_picture_is_named_if_it_is_known() {
    let message = |bytes: &[u8]| read_header(bytes).unwrap_err().to_string();
    assert_eq!(message(b""), "the file is empty");
    assert_eq!(message(b"neither this nor that"), "the file is not a picture");
    assert_eq!(message(b"\0\0\0\x18ftypheic\0\0\0\0"), "the HEIC data is damaged: missing meta box");
    assert_eq!(message(b"\0\0\0\x18ftypavif\0\0\0\0"), "the file is not a picture that cimaise reads (found: AVIF)");
    assert_eq!(
        message(b"II\x2A\0\x10\0\0\0CR\x02\0"),
        "this camera RAW file contains no JPEG preview that is large enough"
    );
    assert_eq!(message(b"\xFF\xD8\xFF\xE0"), "the JPEG data ends too early");
}

#[test]
fn what_another_decoder_says_is_told_in_plain_words() {
    let mut bytes = png(size(40, 30), Orientation::UPRIGHT, false, slopes);
    let header = read_header(&bytes).unwrap();
    let checksum = bytes.len() - 12 - 4;
    bytes[checksum] ^= 1;
    let error = render(&bytes, &header, &[placeholder(header.orientation)]).unwrap_err();
    assert_eq!(error.to_string(), "the PNG data is damaged: a checksum does not match");
}

#[test]
fn enormous_sizes_are_refused_before_anything_is_allocated() {
    let mut bytes = jpeg(size(40, 30), Orientation::UPRIGHT, Sampling::F_2_2, slopes);
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bytes[frame + 5..frame + 9].fill(0xFF);
    assert!(matches!(read_header(&bytes), Err(Error::TooLarge(_))));
    let mut bytes = png(size(40, 30), Orientation::UPRIGHT, false, slopes);
    bytes[16..24].fill(0x7F);
    assert!(matches!(read_header(&bytes), Err(Error::TooLarge(_))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn headers_of_damaged_files_never_panic(
        which in 0..6_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        thread_local!(static SOURCES: Vec<Vec<u8>> = sources());
        let mut bytes = SOURCES.with(|sources| sources[which].clone());
        for (index, value) in changes {
            // Most of the significant data is at the beginning.
            let index = index.index(bytes.len().min(400));
            bytes[index] = value;
        }
        let _ = read_header(&bytes);
        let _ = read_header(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn any_bytes_behind_any_beginning_never_panic(
        which in 0..6_usize,
        head in 4..40_usize,
        tail in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        thread_local!(static SOURCES: Vec<Vec<u8>> = sources());
        let mut bytes = SOURCES.with(|sources| sources[which][..head].to_vec());
        bytes.extend(tail);
        let _ = read_header(&bytes);
    }
}

#[test]
#[ignore = "needs photographs: CIMAISE_PHOTOS"]
fn hard_files_are_rendered_or_refused() {
    for path in real_files("hard") {
        let bytes = std::fs::read(&path).unwrap();
        if read_header(&bytes).is_ok_and(|header| header.stored.pixels() < 30_000_000) {
            let result = std::panic::catch_unwind(|| try_everything(&bytes));
            assert!(result.is_ok(), "{}", path.display());
        }
    }
}

#[test]
#[ignore = "needs photographs: CIMAISE_PHOTOS"]
fn photographs_of_real_cameras_are_rendered() {
    let mut refused = Vec::new();
    // Only some of them: all would take a minute without optimisation.
    for path in real_files("camera").into_iter().chain(real_files("packages")).step_by(6) {
        let bytes = std::fs::read(&path).unwrap();
        let known = !matches!(read_header(&bytes), Err(Error::UnsupportedFormat { .. } | Error::NotAPicture));
        if let (true, Err(error)) = (known, try_everything(&bytes)) {
            refused.push(format!("{}: {error}", path.display()));
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
}
