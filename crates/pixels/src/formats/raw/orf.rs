//! Olympus and OM System: the preview is referenced by the maker note.

use super::part::part;
use crate::metadata::tiff::Tiff;

const EXIF_IFD: u16 = 0x8769;
const MAKER_NOTE: u16 = 0x927C;
const CAMERA_SETTINGS: u16 = 0x2020;
const PREVIEW_OFFSET: u16 = 0x0101;
const PREVIEW_LENGTH: u16 = 0x0102;

/// Returns the preview of a file whose maker note references one.
pub(super) fn preview<'a>(bytes: &'a [u8], tiff: &Tiff<'a>) -> Option<&'a [u8]> {
    let exif = tiff.sub_ifd(tiff.first_ifd()?, EXIF_IFD)?;
    let note = tiff.find(exif, MAKER_NOTE)?.value;
    // Offsets count from the beginning of the note, and point beyond its end.
    let start = note.as_ptr().addr().checked_sub(bytes.as_ptr().addr())?;
    let rest = bytes.get(start..)?;
    let (header, order) = match note {
        [b'O', b'L', b'Y', b'M', b'P', b'U', b'S', 0, order @ ..] => (12, order),
        [b'O', b'M', b' ', b'S', b'Y', b'S', b'T', b'E', b'M', 0, 0, 0, order @ ..] => (16, order),
        _ => return None,
    };
    let note = Tiff::within(rest, order.starts_with(b"II"));
    let settings = note.sub_ifd(note.ifd_at(header), CAMERA_SETTINGS)?;
    let number = |tag| note.find(settings, tag)?.uint();
    part(rest, number(PREVIEW_OFFSET)?, number(PREVIEW_LENGTH)?)
}
