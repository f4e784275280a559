//! The supported formats.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A file format, recognised by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// TIFF.
    Tiff,
    /// Windows bitmap.
    Bmp,
    /// HEIC: HEVC in a HEIF container.
    Heic,
    /// JPEG XL.
    Jxl,
    /// A camera's RAW file of any kind; its picture is the embedded JPEG.
    Raw,
}

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
    /// All supported formats.
    pub const ALL: [Self; 9] =
        [Self::Jpeg, Self::Png, Self::Gif, Self::WebP, Self::Tiff, Self::Bmp, Self::Heic, Self::Jxl, Self::Raw];

    /// The file name extensions of the format, without a dot and in lower case; the usual one first.
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

    /// Whether browsers display such a file.
    #[must_use]
    pub fn is_shown_by_browsers(self) -> bool {
        match self {
            Self::Jpeg | Self::Png | Self::Gif | Self::WebP => true,
            Self::Tiff | Self::Bmp | Self::Heic | Self::Jxl | Self::Raw => false,
        }
    }
}
