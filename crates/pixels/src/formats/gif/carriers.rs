//! Metadata of GIF: XMP in its own extension, and comments.

use super::blocks::{GifBlockKind, blocks as all};
use crate::metadata::carriers::{Block, Depth};
use crate::metadata::charset::detect;
use crate::metadata::text::clean;

/// First bytes of every GIF.
pub(crate) const MAGIC: &[u8] = b"GIF8";
/// Beginning of the extension: label, length of the name, name.
pub(crate) const XMP: &[u8] = b"\x21\xFF\x0BXMP DataXMP";

/// Finds the blocks of metadata.
pub(crate) fn blocks<'a>(bytes: &'a [u8], _: Depth, found: &mut Vec<Block<'a>>) -> bool {
    if !(bytes.starts_with(MAGIC)) {
        return false;
    }
    for block in all(bytes) {
        match block.kind {
            // The packet is stored in one piece. After it, 258 bytes lead readers that parse it as sub-blocks to its end.
            GifBlockKind::Application => {
                let packet = block.whole.strip_prefix(XMP).and_then(|rest| rest.get(..rest.len().checked_sub(258)?));
                found.extend(packet.map(|packet| Block::Xmp(packet.into())));
            }
            GifBlockKind::Comment => {
                let text = sub_blocks(block.whole.get(2..).unwrap_or_default());
                found.extend(
                    detect(&text).and_then(|text| clean(&text)).map(|text| Block::Text("Comment".to_owned(), text)),
                );
            }
            _ => {}
        }
    }
    true
}

/// Returns the data of a chain of sub-blocks.
fn sub_blocks(mut bytes: &[u8]) -> Vec<u8> {
    let mut data = Vec::new();
    while let Some((length, rest)) = bytes.split_first() {
        let (part, rest) = rest.split_at(usize::from(*length).min(rest.len()));
        data.extend_from_slice(part);
        bytes = rest;
        if part.is_empty() {
            break;
        }
    }
    data
}
