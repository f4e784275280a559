//! The interface that every format implements for the rest of the crate.

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
    /// Reads everything that precedes the pixels.
    pub(crate) header: fn(&[u8]) -> Result<Header, Error>,
    /// Decodes the picture, or the first frame of an animation.
    pub(crate) decode: fn(&[u8], &Wanted<'_>) -> Result<Decoded, Error>,
    /// Returns the bytes of memory for making recipes of a file, from its header, the recipes, its length, and the number made in
    /// parallel.
    pub(crate) memory: fn(&Header, &[&Recipe], u64, usize) -> u64,
    /// Replaces the metadata of a file without changing its pixels; `None` for formats that browsers do not display.
    pub(crate) strip: Option<Strip>,
    /// Collects the blocks of metadata. Returns whether the file is of this format.
    pub(crate) carriers: for<'a> fn(&'a [u8], Depth, &mut Vec<Block<'a>>) -> bool,
}

/// Replacement of metadata.
pub(crate) struct Strip {
    /// Whether such files can contain Exif.
    pub(crate) holds_exif: bool,
    /// Returns the file with these blocks instead of its own.
    pub(crate) strip: fn(&[u8], &Kept) -> Result<Vec<u8>, Error>,
}

/// Returns the estimate of formats that are decoded as a whole for any recipe. Besides the rendition made from the full size, others are
/// made from halved levels.
pub(crate) fn whole(header: &Header, _: &[&Recipe], _: u64, at_once: usize) -> u64 {
    header.working_memory + if at_once > 1 { 2 * header.stored.pixels() } else { 0 }
}

/// Finds nothing: the format has no metadata.
pub(crate) fn no_carriers<'a>(_: &'a [u8], _: Depth, _: &mut Vec<Block<'a>>) -> bool {
    false
}
