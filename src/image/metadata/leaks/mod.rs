//! What a file tells that its author may not want to be told: where they were, whose camera it was, who is in the picture.
//!
//! In: the bytes of any file. Out: [`Leak`]s, from all of its blocks, also those that no reader heeds, and from the files
//! inside and behind it.

mod exif;
mod film;
mod xmp;

pub(in crate::image) use xmp::persons;

use super::carriers::{Block, Depth, blocks};
use super::exif::Exif;
use super::iptc::Iptc;

/// A preview in a picture may have a preview in turn; no more than that is real.
const MOST_NESTED: usize = 4;

/// A kind of secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Secret {
    /// Where the picture was taken, or what place it shows.
    Location,
    /// The number of a camera or a lens, by which all pictures of one owner can be found.
    SerialNumber,
    /// The owner of the camera, or a person in the picture.
    Name,
    /// How to reach the photographer.
    Contact,
    /// A folder on a computer, which tells its user's name.
    Path,
    /// What the camera's maker writes and nobody else can read; most of them write serial numbers.
    MakerNote,
}

/// Something that a file tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// What kind of thing it is.
    pub secret: Secret,
    /// What is told; empty for a maker note.
    pub value: String,
    /// Where it stands: `Exif`, `XMP`, `IPTC`, `film`.
    pub carrier: &'static str,
}

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
            Block::Iptc(datasets) => iptc(&Iptc::parse(&datasets), found),
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

fn iptc(iptc: &Iptc<'_>, found: &mut Vec<Leak>) {
    // City, part of it, state, code and name of the country; code and name of a place; contact.
    const DATASETS: [(u8, Secret); 8] = [
        (26, Secret::Location),
        (27, Secret::Location),
        (90, Secret::Location),
        (92, Secret::Location),
        (95, Secret::Location),
        (100, Secret::Location),
        (101, Secret::Location),
        (118, Secret::Contact),
    ];
    for (number, secret) in DATASETS {
        found.extend(iptc.all(number).map(|value| Leak { secret, value, carrier: "IPTC" }));
    }
}
