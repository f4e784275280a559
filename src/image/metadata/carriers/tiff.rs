//! TIFF, and RAW files on its ground: the file's own directories, and tags for XMP and IPTC.

use super::{Block, Depth, of_resources};
use crate::image::metadata::tiff::Directory;

const XMP: u16 = 0x02BC;
const IPTC: u16 = 0x83BB;
const RESOURCES: u16 = 0x8649;

/// `None` if this is no TIFF file.
pub(super) fn blocks<'a>(bytes: &'a [u8], depth: Depth, found: &mut Vec<Block<'a>>) -> Option<()> {
    let first = Directory::first(bytes)?;
    found.push(Block::File(bytes));
    let mut page = Some(first);
    // Offsets may lead in circles.
    for _ in 0..if depth == Depth::All { 64 } else { 1 } {
        let Some(directory) = page else { break };
        let value = |tag| directory.find(tag).map(|entry| entry.value);
        found.extend(value(XMP).map(|packet| Block::Xmp(packet.into())));
        found.extend(value(IPTC).map(|datasets| Block::Iptc(datasets.into())));
        found.extend(value(RESOURCES).and_then(|resources| of_resources(resources.into())));
        page = directory.next();
    }
    Some(())
}
