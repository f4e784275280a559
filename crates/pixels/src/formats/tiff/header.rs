//! The header of a TIFF file.

use super::bounds::{checked, memory as chunk_memory};
use super::fields::Fields;
use super::tag::tag;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::header::Header;
use crate::base::memory;
use crate::formats::colored::colored;
use crate::formats::interleaved::Alpha;
use crate::icc::tag::Tag;
use crate::metadata::exif::Exif;

/// Reads the header.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let fields = Fields::first(bytes)?;
    let layout = checked(&fields)?;
    let tag = tag(&fields);
    let profile = if let Tag::Icc(profile) = &tag { profile.len() as u64 } else { 0 };
    let channels = layout.stored.max(layout.meaning.channels()) as u64;
    let memory = memory::interleaved(layout.size, channels, layout.sample_bytes() as u64);
    let header = Header {
        orientation: Exif::read(bytes).orientation(),
        alpha: layout.meaning.alpha != Alpha::None,
        working_memory: memory + 2 * profile + chunk_memory(&layout)?,
        ..Header::plain(Format::Tiff, layout.size)
    };
    Ok(colored(header, tag, layout.meaning.model))
}
