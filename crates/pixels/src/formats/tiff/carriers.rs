//! Metadata of TIFF, and of RAW files based on it: the file's own directories, and tags for XMP and IPTC.

use crate::metadata::carriers::{Block, Depth, of_resources};
use crate::metadata::tiff::Directory;

const XMP: u16 = 0x02BC;
const IPTC: u16 = 0x83BB;
const RESOURCES: u16 = 0x8649;

/// Finds the blocks of metadata in any file with the structure of a TIFF.
pub(crate) fn blocks<'a>(bytes: &'a [u8], depth: Depth, found: &mut Vec<Block<'a>>) -> bool {
    let Some(first) = Directory::first(bytes) else { return false };
    found.push(Block::File(bytes));
    let mut page = Some(first);
    // Offsets may form a cycle.
    for _ in 0..if depth == Depth::All { 64 } else { 1 } {
        let Some(directory) = page else { break };
        let value = |tag| directory.find(tag).map(|entry| entry.value);
        found.extend(value(XMP).map(|packet| Block::Xmp(packet.into())));
        found.extend(value(IPTC).map(|datasets| Block::Iptc(datasets.into())));
        found.extend(value(RESOURCES).and_then(|resources| of_resources(resources.into())));
        page = directory.next();
    }
    true
}
