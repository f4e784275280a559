//! Recognising a format by the first bytes, whatever the file is called.

use super::foreign::foreign;
use super::formats::doors;
use crate::base::error::Error;
use crate::base::format::Format;

/// The order in which formats are tried: RAW files before the TIFF files and boxes that they are made of.
pub(super) const ORDER: [Format; Format::ALL.len()] = [
    Format::Jpeg,
    Format::Png,
    Format::Gif,
    Format::WebP,
    Format::Raw,
    Format::Jxl,
    Format::Heic,
    Format::Tiff,
    Format::Bmp,
];

/// The format of a file, or the name of what it is instead.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    let found = ORDER.into_iter().find(|format| (doors(*format).recognizes)(bytes));
    found.ok_or_else(|| match foreign(bytes) {
        Some(found) => Error::UnsupportedFormat { found },
        None => Error::NotAPicture,
    })
}
