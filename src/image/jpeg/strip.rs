//! A JPEG file without its metadata: tables, frame and scans stay as they are, byte by byte.

use super::markers::{self, APP0, APP1, APP2, APP14, APP15, COM, EOI, SOI, SOS};
use crate::image::error::Error;
use crate::image::header::Format;

/// Leaves out application segments and comments, and what follows the picture (previews, gain maps, films). JFIF's and
/// Adobe's segments stay, because they say what the components mean, and colour profiles stay.
pub(in crate::image) fn strip(bytes: &[u8], exif: Option<&[u8]>) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut exif = exif;
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
            && let Some(block) = exif.take()
        {
            write_segment(&mut out, APP1, &[b"Exif\0\0", block]);
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

/// Writes a segment whose parts are known to fit into one.
fn write_segment(out: &mut Vec<u8>, marker: u8, parts: &[&[u8]]) {
    let length = 2 + parts.iter().map(|part| part.len()).sum::<usize>();
    out.extend([0xFF, marker]);
    out.extend((length as u16).to_be_bytes());
    out.extend(parts.iter().copied().flatten());
}
