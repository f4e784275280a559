//! The header of a PNG.

use std::borrow::Cow;

use super::carriers::blocks;
use super::chunks::PngLayout;
use super::content::content;
use super::tag::tag;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::header::Header;
use crate::base::memory;
use crate::formats::colored::colored;
use crate::icc::Model;
use crate::metadata::carriers::{Block, Depth};
use crate::metadata::exif::Exif;

/// Returns the Exif block that programs store as a text; empty if there is none.
fn exif_of_texts(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut found = Vec::new();
    blocks(bytes, Depth::Shown, &mut found);
    let mut blocks =
        found.into_iter().filter_map(|block| if let Block::Exif(exif) = block { Some(exif) } else { None });
    blocks.next().unwrap_or_default()
}

/// Reads the header.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let layout = PngLayout::read(bytes)?;
    let channels = if layout.gray { 1 } else { 3 } + u64::from(layout.alpha);
    let exif = layout.exif.map_or_else(|| exif_of_texts(bytes), Cow::Borrowed);
    let header = Header {
        orientation: Exif::read(&exif).orientation(),
        alpha: layout.alpha,
        png: Some(content(bytes)),
        animated: layout.animated,
        working_memory: memory::interleaved(layout.size, channels, u64::from(layout.depth.max(8) / 8)),
        ..Header::plain(Format::Png, layout.size)
    };
    Ok(colored(header, tag(bytes), if layout.gray { Model::Gray } else { Model::Rgb }))
}
