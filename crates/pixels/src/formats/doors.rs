//! What every format offers: the doors through which the rest of the crate reaches it.

use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::header::Header;
use crate::base::recipe::Recipe;
use crate::metadata::carriers::{Block, Depth};
use crate::metadata::kept::Kept;

/// The entry points of one format.
pub(crate) struct Doors {
    /// Whether a file is of this format, by its first bytes.
    pub(crate) recognizes: fn(&[u8]) -> bool,
    /// Reads what is known before the pixels.
    pub(crate) header: fn(&[u8]) -> Result<Header, Error>,
    /// Decodes the picture; of an animation, the first frame.
    pub(crate) decode: fn(&[u8], &Wanted<'_>) -> Result<Decoded, Error>,
    /// Bytes of memory that making recipes of a file takes: header, recipes, length of the file, and how many are made at once.
    pub(crate) memory: fn(&Header, &[&Recipe], u64, usize) -> u64,
    /// Exchanges the metadata of a file without touching its pixels; none for formats that browsers do not show.
    pub(crate) strip: Option<Strip>,
    /// Finds the blocks of metadata, and says whether the file is of a kind that this format knows.
    pub(crate) carriers: for<'a> fn(&'a [u8], Depth, &mut Vec<Block<'a>>) -> bool,
}

/// Exchanging metadata.
pub(crate) struct Strip {
    /// Whether such files can hold Exif.
    pub(crate) holds_exif: bool,
    /// The file with these blocks instead of its own.
    pub(crate) strip: fn(&[u8], &Kept) -> Result<Vec<u8>, Error>,
}

/// The estimate of formats that are decoded as a whole, whatever is made of them. Besides the rendition that is made of all of it, others
/// are made of what is halved.
pub(crate) fn whole(header: &Header, _: &[&Recipe], _: u64, at_once: usize) -> u64 {
    header.working_memory + if at_once > 1 { 2 * header.stored.pixels() } else { 0 }
}

/// No metadata.
pub(crate) fn no_carriers<'a>(_: &'a [u8], _: Depth, _: &mut Vec<Block<'a>>) -> bool {
    false
}
