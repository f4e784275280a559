//! GIF: XMP in an extension of its own, and comments.

use super::Block;
use crate::image::gif::blocks::{Kind, blocks as all};
use crate::image::metadata::text::{clean, decode};

/// What every GIF begins with.
pub(in crate::image) const MAGIC: &[u8] = b"GIF8";
/// What the extension begins with: label, length of the name, name.
pub(in crate::image) const XMP: &[u8] = b"\x21\xFF\x0BXMP DataXMP";

pub(super) fn blocks<'a>(bytes: &'a [u8], found: &mut Vec<Block<'a>>) {
    for block in all(bytes) {
        match block.kind {
            // The packet stands there in one piece. Behind it, 258 bytes lead readers that take it for sub-blocks to their end.
            Kind::Application => {
                let packet = block.whole.strip_prefix(XMP).and_then(|rest| rest.get(..rest.len().checked_sub(258)?));
                found.extend(packet.map(|packet| Block::Xmp(packet.into())));
            }
            Kind::Comment => {
                let text = sub_blocks(block.whole.get(2..).unwrap_or_default());
                found.extend(clean(&decode(&text)).map(|text| Block::Text("Comment".to_owned(), text)));
            }
            _ => {}
        }
    }
}

/// The data of a chain of sub-blocks.
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
