//! The header of a PNG.

use super::chunks::PngLayout;
use super::tag::tag;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::header::Header;
use crate::base::memory;
use crate::formats::colored::colored;
use crate::icc::Model;
use crate::metadata::exif::Exif;

/// Reads the header.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let layout = PngLayout::read(bytes)?;
    let channels = if layout.gray { 1 } else { 3 } + u64::from(layout.alpha);
    let header = Header {
        orientation: Exif::read(layout.exif.unwrap_or_default()).orientation(),
        alpha: layout.alpha,
        animated: layout.animated,
        working_memory: memory::interleaved(layout.size, channels, u64::from(layout.depth.max(8) / 8)),
        ..Header::plain(Format::Png, layout.size)
    };
    Ok(colored(header, tag(bytes), if layout.gray { Model::Gray } else { Model::Rgb }))
}
