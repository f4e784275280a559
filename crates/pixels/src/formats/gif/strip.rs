//! Removal of metadata from a GIF file: frames and their timing stay as they are.

use super::blocks::{GifBlockKind, blocks, first_block};
use super::carriers::XMP;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::metadata::kept::Kept;

/// Removes comments, texts, all application extensions except the one with the number of repetitions, and all data after the
/// picture; adds the XMP that is kept. There is no extension for other metadata.
pub(crate) fn strip(bytes: &[u8], kept: &Kept) -> Result<Vec<u8>, Error> {
    let truncated = Error::Truncated(Format::Gif);
    let Some(start) = first_block(bytes) else { return Err(truncated) };
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(&bytes[..start]);
    for block in blocks(bytes) {
        if let (GifBlockKind::Trailer, Some(packet)) = (block.kind, &kept.xmp) {
            write_xmp(&mut out, packet);
        }
        let keep = match block.kind {
            GifBlockKind::Image | GifBlockKind::GraphicControl | GifBlockKind::Trailer => true,
            GifBlockKind::Application => {
                matches!(block.whole.get(3..14), Some(b"NETSCAPE2.0" | b"ANIMEXTS1.0"))
            }
            GifBlockKind::Comment | GifBlockKind::PlainText | GifBlockKind::Other => false,
        };
        if keep {
            out.extend_from_slice(block.whole);
        }
        if block.kind == GifBlockKind::Trailer {
            return Ok(out);
        }
    }
    Err(truncated)
}

/// Writes a packet in one piece. If a reader takes any of its bytes as the length of a sub-block, it arrives among the bytes
/// that follow, each of which leads to the last.
fn write_xmp(out: &mut Vec<u8>, packet: &[u8]) {
    out.extend_from_slice(XMP);
    out.extend_from_slice(packet);
    out.push(1);
    out.extend((0..=255).rev());
    out.push(0);
}
