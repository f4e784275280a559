//! Canon's CR3: a file made of boxes. The full-size JPEG is a separate track, a smaller one is in a box of Canon's own, and
//! each Exif directory has its own box.

use super::found::Found;
use crate::base::isobmff::{boxes, descend, find};
use crate::metadata::exif::Exif;

/// UUID of the box in `moov` with the Exif directories.
const METADATA: [u8; 16] = *b"\x85\xC0\xB6\x87\x82\x0F\x11\xE0\x81\x11\xF4\xCE\x46\x2B\x6A\x48";
/// UUID of the box with the smaller JPEG.
const PREVIEW: [u8; 16] = *b"\xEA\xF4\x2B\x5E\x1C\x98\x4B\x88\xB9\xFB\xB7\xDC\x40\x6E\x4D\x16";

pub(super) fn read(bytes: &[u8]) -> Found<'_> {
    let movie = find(bytes, b"moov").unwrap_or_default();
    let exif = Exif::of_parts(parts(bytes));
    let tracks =
        boxes(movie).filter(|found| found.kind == *b"trak").filter_map(|track| first_sample(bytes, track.body));
    let jpegs = tracks.chain(small(bytes)).filter(|data| data.starts_with(&[0xFF, 0xD8])).collect();
    Found { jpegs, orientation: exif.orientation() }
}

/// Returns the blocks whose first directories are those of the picture, the shot and the location.
pub(crate) fn parts(bytes: &[u8]) -> [Option<&[u8]>; 3] {
    let metadata = find(bytes, b"moov").and_then(|movie| uuid(movie, METADATA)).unwrap_or_default();
    [b"CMT1", b"CMT2", b"CMT4"].map(|name| find(metadata, name))
}

/// Returns the content of the box with this UUID.
fn uuid(bytes: &[u8], id: [u8; 16]) -> Option<&[u8]> {
    boxes(bytes).filter(|found| found.kind == *b"uuid").find_map(|found| found.body.strip_prefix(&id))
}

/// Returns the JPEG in Canon's box: 8 bytes precede the box `PRVW`, and in that box 16 bytes of sizes.
fn small(bytes: &[u8]) -> Option<&[u8]> {
    find(uuid(bytes, PREVIEW)?.get(8..)?, b"PRVW")?.get(16..)
}

/// Returns the first sample of a track.
fn first_sample<'a>(bytes: &'a [u8], track: &[u8]) -> Option<&'a [u8]> {
    let table = descend(track, &[b"mdia", b"minf", b"stbl"])?;
    let word = |bytes: &[u8], at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    // Version and flags; then one size for all samples, or a list of sizes after their number.
    let sizes = find(table, b"stsz")?;
    let length = match word(sizes, 4)? {
        0 => word(sizes, 12)?,
        length => length,
    };
    let offset = match find(table, b"co64") {
        Some(offsets) => usize::try_from(u64::from_be_bytes(*offsets.get(8..)?.first_chunk()?)).ok()?,
        None => word(find(table, b"stco")?, 8)? as usize,
    };
    let rest = bytes.get(offset..)?;
    Some(&rest[..rest.len().min(length as usize)])
}
