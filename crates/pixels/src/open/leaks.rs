//! Private information in a file, from all of its blocks, and from the files inside and after it.

use super::carriers::blocks;
use crate::metadata::carriers::{Block, Depth};
use crate::metadata::exif::Exif;
use crate::metadata::iptc::Iptc;
use crate::metadata::leaks::{Leak, LeakKind, exif, film, iptc, xmp};

/// Limit on the nesting: a preview in a picture may contain a preview itself; real files go no deeper.
const MOST_NESTED: usize = 4;

/// Returns all private information in a file, sorted, without duplicates; `None` if its format cannot contain metadata.
#[must_use]
pub fn leaks(bytes: &[u8]) -> Option<Vec<Leak>> {
    let mut found = Vec::new();
    look(bytes, 0, &mut found)?;
    // Unknown values are written as zeros, or as a dash.
    found.retain(|leak| leak.kind == LeakKind::MakerNote || leak.value.chars().any(|c| !matches!(c, '0' | ' ' | '-')));
    found.sort();
    found.dedup();
    Some(found)
}

fn look(bytes: &[u8], depth: usize, found: &mut Vec<Leak>) -> Option<()> {
    for block in blocks(bytes, Depth::All)? {
        match block {
            Block::Exif(block) => exif::leaks(&Exif::read(&block), found),
            Block::File(bytes) => exif::leaks(&Exif::read(bytes), found),
            Block::Parts(parts) => exif::leaks(&Exif::of_parts(parts), found),
            Block::Xmp(packet) => xmp::leaks(&packet, found),
            Block::MoreXmp(_, packet) => xmp::leaks(&packet, found),
            Block::Iptc(datasets) => iptc::leaks(&Iptc::parse(&datasets), found),
            Block::Text(..) => {}
            Block::Nested(file) if depth < MOST_NESTED => {
                look(file, depth + 1, found);
            }
            Block::Nested(_) => {}
        }
    }
    film::leaks(bytes, found);
    Some(())
}
