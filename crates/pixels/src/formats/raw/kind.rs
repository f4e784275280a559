//! Classification of RAW files, which also separates them from TIFF files that are pictures.

use super::raf;
use crate::metadata::tiff::{Ifd, Tiff};

/// Structure of a RAW file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RawKind {
    /// Like a TIFF file: Adobe, Canon until 2018, Nikon, Olympus, Panasonic, Pentax, Samsung, Sony and others.
    Tiff,
    /// Boxes: Canon since 2018.
    Cr3,
    /// Fujifilm.
    Raf,
}

impl RawKind {
    /// Returns the kind of a RAW file; `None` for other files.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.get(4..12) == Some(b"ftypcrx ") {
            return Some(Self::Cr3);
        }
        if bytes.starts_with(raf::MAGIC) {
            return Some(Self::Raf);
        }
        is_raw_tiff(bytes)?.then_some(Self::Tiff)
    }
}

/// Whether a TIFF file is a RAW file; `None` for other files. The first picture of most cameras' RAW files is a small preview, which must
/// not be published as the photo.
fn is_raw_tiff(bytes: &[u8]) -> Option<bool> {
    const NEW_SUBFILE_TYPE: u16 = 0x00FE;
    const COMPRESSION: u16 = 0x0103;
    const PHOTOMETRIC: u16 = 0x0106;
    const MAKE: u16 = 0x010F;
    const SUB_IFDS: u16 = 0x014A;
    const DNG_VERSION: u16 = 0xC612;

    let tiff = Tiff::parse(bytes)?;
    if !matches!(bytes.get(2..4), Some(b"\x2A\0" | b"\0\x2A")) || bytes.get(8..10) == Some(b"CR") {
        return Some(true);
    }
    let Some(first) = tiff.first_ifd() else { return Some(false) };
    let number = |ifd: Ifd, tag| tiff.find(ifd, tag).and_then(|entry| entry.uint());
    // A colour filter array, or linear colours of a sensor.
    let of_sensor = |ifd: Ifd| matches!(number(ifd, PHOTOMETRIC), Some(32_803 | 34_892));
    if tiff.find(first, DNG_VERSION).is_some() || of_sensor(first) {
        return Some(true);
    }
    let inside = tiff.find(first, SUB_IFDS);
    if inside.is_some_and(|inside| inside.longs().take(8).any(|offset| of_sensor(tiff.ifd_at(offset)))) {
        return Some(true);
    }
    // The compression methods of Nikon and Sony.
    let packed = matches!(number(first, COMPRESSION), Some(32_767 | 34_713));
    let preview = number(first, NEW_SUBFILE_TYPE).is_some_and(|kind| kind & 1 == 1);
    let shrunk = preview || matches!(number(first, COMPRESSION), Some(6));
    Some(tiff.find(first, MAKE).is_some() && (packed || (inside.is_some() && shrunk)))
}
