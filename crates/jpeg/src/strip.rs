//! Removal of metadata from a JPEG file: tables, frame and scans stay as they are, byte for byte.

use crate::attachments::Attachments;
use crate::error::Error;
use crate::markers::{self, APP0, APP1, APP2, APP13, APP14, APP15, COM, EOI, RESOURCES, SOI, SOS, XMP};

/// Limit on the payload of a segment, in bytes.
const LONGEST: usize = 65_533;

/// Returns the file without its metadata, and with `attachments` instead; the coded pixels stay, byte for byte.
///
/// Application segments, comments and all data after the picture (previews, gain maps, videos) are removed. The segments of JFIF and
/// Adobe stay, because they define the meaning of the components, and so does the colour profile: the one in `attachments` is ignored.
/// Blocks that do not fit into one segment are left out.
///
/// # Errors
/// [`Error::Truncated`] if the file has no end.
pub fn strip(bytes: &[u8], attachments: &Attachments<'_>) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut pending = Some(attachments);
    let mut scan = None;
    for segment in markers::segments(bytes) {
        // Entropy-coded data follows the header of a scan; any other data between two segments is dropped.
        if let Some(begin) = scan.take() {
            out.extend_from_slice(&bytes[begin..segment.start]);
        }
        scan = (segment.marker == SOS).then_some(segment.end);
        let jfif = segment.marker == APP0 && segment.payload.starts_with(b"JFIF\0");
        if !jfif
            && segment.marker != SOI
            && let Some(attachments) = pending.take()
        {
            write_attachments(&mut out, attachments);
        }
        match segment.marker {
            // The last two numbers are the size of a thumbnail that follows them.
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
    Err(Error::Truncated)
}

/// Writes the segments of metadata, apart from the profile; blocks that do not fit into one segment are left out.
pub(crate) fn write_attachments(out: &mut Vec<u8>, attachments: &Attachments<'_>) {
    let Attachments { exif, xmp, resources, .. } = attachments;
    for (marker, prefix, block) in [(APP1, &b"Exif\0\0"[..], exif), (APP1, XMP, xmp), (APP13, RESOURCES, resources)] {
        if let Some(block) = block.filter(|block| prefix.len() + block.len() <= LONGEST) {
            write_segment(out, marker, &[prefix, block]);
        }
    }
}

/// Writes a segment whose parts fit into one.
fn write_segment(out: &mut Vec<u8>, marker: u8, parts: &[&[u8]]) {
    let length = 2 + parts.iter().map(|part| part.len()).sum::<usize>();
    out.extend([0xFF, marker]);
    out.extend((length as u16).to_be_bytes());
    out.extend(parts.iter().copied().flatten());
}
