//! The header of a TIFF file.

use super::layout::TiffLayout;
use super::tag::tag;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::header::Header;
use crate::base::memory;
use crate::formats::colored::colored;
use crate::formats::interleaved::Alpha;
use crate::metadata::exif::Exif;

/// Reads the header.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let layout = TiffLayout::read(bytes)?;
    // The decoder may need a copy of the file.
    let memory = memory::interleaved(layout.size, layout.channels(), layout.sample_bytes());
    let header = Header {
        orientation: Exif::read(bytes).orientation(),
        alpha: layout.alpha != Alpha::None,
        working_memory: memory + bytes.len() as u64 + layout.beside,
        ..Header::plain(Format::Tiff, layout.size)
    };
    Ok(colored(header, tag(bytes), layout.model))
}
