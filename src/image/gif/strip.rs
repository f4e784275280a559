//! A GIF file without its metadata: frames and how they are shown stay as they are.

use super::blocks::{Kind, blocks, first_block};
use crate::image::error::Error;
use crate::image::header::Format;

/// Leaves out comments, texts, all application extensions but the one that says how often an animation repeats, and what
/// follows the picture.
pub(in crate::image) fn strip(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let truncated = Error::Truncated(Format::Gif);
    let Some(start) = first_block(bytes) else { return Err(truncated) };
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(&bytes[..start]);
    for block in blocks(bytes) {
        let keep = match block.kind {
            Kind::Image | Kind::GraphicControl | Kind::Trailer => true,
            Kind::Application => {
                matches!(block.whole.get(3..14), Some(b"NETSCAPE2.0" | b"ANIMEXTS1.0"))
            }
            Kind::Comment | Kind::PlainText | Kind::Other => false,
        };
        if keep {
            out.extend_from_slice(block.whole);
        }
        if block.kind == Kind::Trailer {
            return Ok(out);
        }
    }
    Err(truncated)
}
