//! What a file tells that its author may not want to be told, from all of its blocks and from the files inside and behind it.

use super::carriers::blocks;
use crate::metadata::carriers::{Block, Depth};
use crate::metadata::exif::Exif;
use crate::metadata::iptc::Iptc;
use crate::metadata::leaks::{Leak, Secret, exif, film, iptc, xmp};

/// A preview in a picture may have a preview in turn; no more than that is real.
const MOST_NESTED: usize = 4;

/// All that a file tells, sorted, each thing once; `None` if it is of no kind that can tell anything in these ways.
#[must_use]
pub fn leaks(bytes: &[u8]) -> Option<Vec<Leak>> {
    let mut found = Vec::new();
    look(bytes, 0, &mut found)?;
    // What is not known is written as zeros, or as a dash.
    found.retain(|leak| leak.secret == Secret::MakerNote || leak.value.chars().any(|c| !matches!(c, '0' | ' ' | '-')));
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
