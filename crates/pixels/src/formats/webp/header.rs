//! The header of a WebP.

use super::chunks::WebpLayout;
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
    let layout = WebpLayout::read(bytes)?;
    let header = Header {
        orientation: Exif::read(layout.exif.unwrap_or_default()).orientation(),
        alpha: layout.alpha,
        animated: layout.animated,
        working_memory: memory::interleaved(layout.size, 4, 1),
        ..Header::plain(Format::WebP, layout.size)
    };
    Ok(colored(header, tag(bytes), Model::Rgb))
}
