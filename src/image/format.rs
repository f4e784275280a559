//! Recognising a format by its first bytes, whatever the file is called.

use std::fmt;

use super::error::Error;
use super::header::Format;
use super::metadata::tiff::Tiff;

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
            Self::Tiff => "TIFF",
            Self::Bmp => "BMP",
        })
    }
}

/// The format of a file, or the name of what it is instead.
pub(in crate::image) fn sniff(bytes: &[u8]) -> Result<Format, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Ok(Format::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        return Ok(Format::Png);
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Ok(Format::Gif);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Format::WebP);
    }
    if let Some(found) = foreign(bytes) {
        return Err(Error::UnsupportedFormat { found });
    }
    if bytes.starts_with(b"II\x2A\0") || bytes.starts_with(b"MM\0\x2A") {
        return match raw_photo(bytes) {
            Some(found) => Err(Error::UnsupportedFormat { found }),
            None => Ok(Format::Tiff),
        };
    }
    if bytes.starts_with(b"II\x2B\0") || bytes.starts_with(b"MM\0\x2B") {
        return Ok(Format::Tiff);
    }
    // "BM" alone is too little: the length of the second header has to be one that exists.
    let dib = bytes.get(14..18).and_then(|length| length.try_into().ok()).map(u32::from_le_bytes);
    if bytes.starts_with(b"BM") && matches!(dib, Some(12 | 16 | 40 | 52 | 56 | 64 | 108 | 124)) {
        return Ok(Format::Bmp);
    }
    Err(Error::NotAPicture)
}

/// Formats that photographers have, and that are not read.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(match bytes.get(8..12)? {
            b"avif" | b"avis" => "AVIF",
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" | b"mif1" | b"msf1" => "HEIC",
            b"crx " => "camera RAW, CR3",
            _ => "video",
        });
    }
    const MAGICS: [(&[u8], &str); 16] = [
        (b"\xFF\x0A", "JPEG XL"),
        (b"\0\0\0\x0CJXL \r\n\x87\n", "JPEG XL"),
        (b"\0\0\0\x0CjP  ", "JPEG 2000"),
        (b"\xFF\x4F\xFF\x51", "JPEG 2000"),
        (b"II\xBC", "JPEG XR"),
        (b"FUJIFILMCCD-RAW", "camera RAW, RAF"),
        (b"IIRO", "camera RAW, ORF"),
        (b"IIRS", "camera RAW, ORF"),
        (b"MMOR", "camera RAW, ORF"),
        (b"IIU\0", "camera RAW, RW2"),
        (b"FOVb", "camera RAW, X3F"),
        (b"8BPS", "Photoshop"),
        (b"%PDF", "PDF"),
        (b"<svg", "SVG"),
        (b"gimp xcf", "GIMP"),
        (b"\x1A\x45\xDF\xA3", "video"),
    ];
    MAGICS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

/// Most cameras' RAW files are TIFF files whose first picture is a small preview: publishing that would be worse than
/// refusing.
fn raw_photo(bytes: &[u8]) -> Option<&'static str> {
    const NEW_SUBFILE_TYPE: u16 = 0x00FE;
    const COMPRESSION: u16 = 0x0103;
    const MAKE: u16 = 0x010F;
    const SUB_IFDS: u16 = 0x014A;
    const DNG_VERSION: u16 = 0xC612;

    if bytes.get(8..10) == Some(b"CR") {
        return Some("camera RAW, CR2");
    }
    let tiff = Tiff::parse(bytes)?;
    let ifd = tiff.first_ifd()?;
    let number = |tag| tiff.find(ifd, tag).and_then(|entry| entry.uint());
    if tiff.find(ifd, DNG_VERSION).is_some() {
        return Some("camera RAW, DNG");
    }
    let preview = number(NEW_SUBFILE_TYPE).is_some_and(|kind| kind & 1 == 1);
    let make = tiff.find(ifd, MAKE).map(|entry| entry.value);
    if let Some(make) = make {
        let from = |name: &str| make.to_ascii_uppercase().starts_with(name.as_bytes());
        let has_raw_data = tiff.find(ifd, SUB_IFDS).is_some() || matches!(number(COMPRESSION), Some(32_767 | 34_713));
        if has_raw_data && (preview || matches!(number(COMPRESSION), Some(6 | 32_767 | 34_713))) {
            return Some(match () {
                () if from("NIKON") => "camera RAW, NEF",
                () if from("SONY") => "camera RAW, ARW",
                () if from("PENTAX") || from("RICOH") => "camera RAW, PEF",
                () => "camera RAW",
            });
        }
    }
    None
}
