//! The header of a GIF.

use super::blocks::GifLayout;
use super::memory;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::header::Header;

/// Reads the header.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let layout = GifLayout::read(bytes)?;
    // The decoder gets a copy of the file, with the size of the screen.
    let copy = if layout.grown { bytes.len() as u64 } else { 0 };
    Ok(Header {
        alpha: layout.alpha,
        animated: layout.animated,
        working_memory: memory::gif(layout.size, layout.frame) + copy,
        ..Header::plain(Format::Gif, layout.size)
    })
}
