//! The colours of a JPEG.

use jpeg::Header as JpegHeader;

use crate::icc::Curve;
use crate::icc::tag::Tag;
use crate::icc::write::Chromaticities;
use crate::metadata::tiff::Tiff;

/// Returns the colour profile of a file, or the colours that its Exif block declares instead.
pub(crate) fn of_layout(layout: &JpegHeader<'_>) -> Tag {
    match &layout.icc {
        Some(profile) => Tag::Icc(profile.clone()),
        None if layout.exif.is_some_and(exif_says_adobe_rgb) => {
            Tag::Primaries(Chromaticities::ADOBE, Curve::Power(563.0 / 256.0))
        }
        None => Tag::Srgb,
    }
}

/// Whether Exif declares Adobe RGB, as cameras do without a profile: with the number 2, which some write, or with "uncalibrated" and the
/// name that DCF defines.
fn exif_says_adobe_rgb(block: &[u8]) -> bool {
    const EXIF: u16 = 0x8769;
    const COLOR_SPACE: u16 = 0xA001;
    const INTEROPERABILITY: u16 = 0xA005;
    const INDEX: u16 = 0x0001;
    let said = || {
        let tiff = Tiff::parse(block)?;
        let exif = tiff.sub_ifd(tiff.first_ifd()?, EXIF)?;
        Some(match tiff.find(exif, COLOR_SPACE)?.uint()? {
            2 => true,
            0xFFFF => {
                let index = tiff.find(tiff.sub_ifd(exif, INTEROPERABILITY)?, INDEX)?;
                index.text()?.starts_with("R03")
            }
            _ => false,
        })
    };
    said().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
