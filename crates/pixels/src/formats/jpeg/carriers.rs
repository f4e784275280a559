//! Metadata of JPEG: application segments, and data after the picture.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jpeg::markers::{self, APP1, APP13, COM, EOI, RESOURCES, SOS, XMP};

use crate::metadata::carriers::{Block, Depth, of_resources};
use crate::metadata::charset::detect;
use crate::metadata::text::clean;

/// First bytes of every JPEG.
pub(super) const MAGIC: &[u8] = &[0xFF, 0xD8, 0xFF];
/// Prefix of a part of a packet that is too long for one segment; then follow its identifier, total length and offset.
const MORE_XMP: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";

/// A part of a packet: its offset, whose bytes sort in order, and its bytes.
type ExtendedPart<'a> = (&'a [u8], &'a [u8]);

/// Finds the blocks of metadata.
pub(crate) fn blocks<'a>(bytes: &'a [u8], depth: Depth, found: &mut Vec<Block<'a>>) -> bool {
    if !(bytes.starts_with(MAGIC)) {
        return false;
    }
    let mut resources: Option<Cow<'a, [u8]>> = None;
    let mut more: BTreeMap<&[u8], Vec<ExtendedPart<'_>>> = BTreeMap::new();
    let mut end = None;
    for segment in markers::segments(bytes) {
        let payload = segment.payload;
        match segment.marker {
            APP1 => {
                if let Some(block) = payload.strip_prefix(b"Exif\0").and_then(|rest| rest.get(1..)) {
                    found.push(Block::Exif(block.into()));
                } else if let Some(packet) = payload.strip_prefix(XMP) {
                    found.push(Block::Xmp(packet.into()));
                } else if let Some((head, part)) = payload.strip_prefix(MORE_XMP).and_then(|p| p.split_at_checked(40)) {
                    more.entry(&head[..32]).or_default().push((&head[36..], part));
                }
            }
            // Longer resources continue in the next segment.
            APP13 => {
                if let Some(part) = payload.strip_prefix(RESOURCES) {
                    resources = Some(match resources.take() {
                        None => part.into(),
                        Some(before) => [&before, part].concat().into(),
                    });
                }
            }
            COM => found.extend(comment(payload).map(|text| Block::Text("Comment".to_owned(), text))),
            SOS if depth == Depth::Shown => break,
            EOI => end = Some(segment.end),
            _ => {}
        }
    }
    found.extend(resources.and_then(of_resources));
    for (name, mut parts) in more {
        parts.sort();
        found.push(Block::MoreXmp(name, parts.iter().flat_map(|(_, part)| *part).copied().collect()));
    }
    if depth == Depth::All {
        found.extend(end.and_then(|end| behind(&bytes[end..])).map(Block::Nested));
    }
    true
}

/// Decodes a comment, which ends at its first NUL.
fn comment(payload: &[u8]) -> Option<String> {
    clean(&detect(payload.split(|byte| *byte == 0).next()?)?)
}

/// Returns the picture or video that follows a picture, perhaps after some padding.
fn behind(bytes: &[u8]) -> Option<&[u8]> {
    let picture = bytes.windows(3).position(|window| window == [0xFF, 0xD8, 0xFF]);
    let film = bytes.windows(4).position(|window| window == b"ftyp").and_then(|at| at.checked_sub(4));
    let start = picture.into_iter().chain(film).min()?;
    Some(&bytes[start..])
}
