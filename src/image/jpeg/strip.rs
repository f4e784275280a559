//! A JPEG file without its metadata: tables, frame and scans stay as they are, byte by byte.

use super::markers::{self, APP0, APP1, APP2, APP13, APP14, APP15, COM, EOI, SOI, SOS};
use crate::image::error::Error;
use crate::image::header::Format;
use crate::image::metadata::carriers::jpeg::{RESOURCES, XMP};
use crate::image::metadata::iptc::as_resource;
use crate::image::metadata::kept::Kept;

/// The most bytes in a segment, apart from its length.
const LONGEST: usize = 65_533;

/// Leaves out application segments and comments, and what follows the picture (previews, gain maps, films), and puts in what is
/// kept. JFIF's and Adobe's segments stay, because they say what the components mean, and colour profiles stay.
pub(in crate::image) fn strip(bytes: &[u8], kept: &Kept) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut kept = Some(kept);
    let mut scan = None;
    for segment in markers::segments(bytes) {
        // Entropy-coded data follows the header of a scan; what else lies between two segments has no business there.
        if let Some(begin) = scan.take() {
            out.extend_from_slice(&bytes[begin..segment.start]);
        }
        scan = (segment.marker == SOS).then_some(segment.end);
        let jfif = segment.marker == APP0 && segment.payload.starts_with(b"JFIF\0");
        if !jfif
            && segment.marker != SOI
            && let Some(kept) = kept.take()
        {
            write_kept(&mut out, kept);
        }
        match segment.marker {
            // The last two numbers are the size of a preview that follows them.
            APP0 if jfif && segment.payload.len() > 14 => {
                write_segment(&mut out, APP0, &[&segment.payload[..12], &[0, 0]])
            }
            APP0 if jfif => out.extend_from_slice(&bytes[segment.start..segment.end]),
            APP2 if !segment.payload.starts_with(b"ICC_PROFILE\0") => {}
            APP14 if !segment.payload.starts_with(b"Adobe") => {}
            APP2 | APP14 => out.extend_from_slice(&bytes[segment.start..segment.end]),
            APP0..=APP15 | COM => {}
            EOI => {
                out.extend_from_slice(&[0xFF, EOI]);
                return Ok(out);
            }
            _ => out.extend_from_slice(&bytes[segment.start..segment.end]),
        }
    }
    Err(Error::Truncated(Format::Jpeg))
}

/// The segments of metadata; a block that does not fit into one is left out.
pub(in crate::image) fn write_kept(out: &mut Vec<u8>, kept: &Kept) {
    let resources = kept.iptc.as_deref().map(as_resource);
    let blocks = [(APP1, &b"Exif\0\0"[..], &kept.exif), (APP1, XMP, &kept.xmp), (APP13, RESOURCES, &resources)];
    for (marker, prefix, block) in blocks {
        if let Some(block) = block.as_ref().filter(|block| prefix.len() + block.len() <= LONGEST) {
            write_segment(out, marker, &[prefix, block]);
        }
    }
}

/// Writes a segment whose parts are known to fit into one.
fn write_segment(out: &mut Vec<u8>, marker: u8, parts: &[&[u8]]) {
    let length = 2 + parts.iter().map(|part| part.len()).sum::<usize>();
    out.extend([0xFF, marker]);
    out.extend((length as u16).to_be_bytes());
    out.extend(parts.iter().copied().flatten());
}
