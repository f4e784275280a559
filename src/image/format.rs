//! Recognising a format by its first bytes, whatever the file is called.

use std::fmt;

use super::error::Error;
use super::foreign::Foreign;
use super::header::Format;
use super::heif::brand::Brand;
use super::raw;

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
            Self::Tiff => "TIFF",
            Self::Bmp => "BMP",
            Self::Heic => "HEIC",
            Self::Jxl => "JPEG XL",
            Self::Raw => "camera RAW",
        })
    }
}

impl Format {
    /// All that are read.
    pub const ALL: [Self; 9] =
        [Self::Jpeg, Self::Png, Self::Gif, Self::WebP, Self::Tiff, Self::Bmp, Self::Heic, Self::Jxl, Self::Raw];

    /// What names of such files end in, without a dot and in lower case; the usual one first.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif", "mpo"],
            Self::Png => &["png", "apng"],
            Self::Gif => &["gif"],
            Self::WebP => &["webp"],
            Self::Tiff => &["tif", "tiff"],
            Self::Bmp => &["bmp", "dib"],
            Self::Heic => &["heic", "heif", "hif"],
            Self::Jxl => &["jxl"],
            Self::Raw => &[
                "dng", "cr2", "cr3", "nef", "nrw", "arw", "sr2", "srf", "orf", "ori", "rw2", "rwl", "raw", "raf",
                "pef", "srw", "3fr", "fff", "iiq", "erf", "mef", "mos", "dcr", "kdc", "gpr", "ptx",
            ],
        }
    }

    /// Whether browsers show such a file as it is.
    #[must_use]
    pub fn is_shown_by_browsers(self) -> bool {
        match self {
            Self::Jpeg | Self::Png | Self::Gif | Self::WebP => true,
            Self::Tiff | Self::Bmp | Self::Heic | Self::Jxl | Self::Raw => false,
        }
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
    if raw::kind::Kind::of(bytes).is_some() {
        return Ok(Format::Raw);
    }
    if bytes.starts_with(b"\xFF\x0A") || bytes.starts_with(b"\0\0\0\x0CJXL \r\n\x87\n") {
        return Ok(Format::Jxl);
    }
    if Brand::of(bytes) == Some(Brand::Heic) {
        return Ok(Format::Heic);
    }
    if let Some(found) = Foreign::of(bytes) {
        return Err(Error::UnsupportedFormat { found });
    }
    if [b"II\x2A\0", b"MM\0\x2A", b"II\x2B\0", b"MM\0\x2B"].iter().any(|magic| bytes.starts_with(*magic)) {
        return Ok(Format::Tiff);
    }
    // "BM" alone is too little: the length of the second header has to be one that exists.
    let dib = bytes.get(14..18).and_then(|length| length.try_into().ok()).map(u32::from_le_bytes);
    if bytes.starts_with(b"BM") && matches!(dib, Some(12 | 16 | 40 | 52 | 56 | 64 | 108 | 124)) {
        return Ok(Format::Bmp);
    }
    Err(Error::NotAPicture)
}
