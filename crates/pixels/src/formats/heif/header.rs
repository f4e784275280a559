//! The header of a HEIC.

use super::opened::{OpenedHeic, open};
use super::tag::tag_of;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::header::Header;
use crate::formats::colored::colored;
use crate::icc::Model;

/// Reads the header. The size is that of the upright picture: boxes define the orientation, and that of Exif
/// is ignored (ISO/IEC 23008-12, annex A.2.1).
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let OpenedHeic { info, parsed, size, working_memory } = open(bytes)?;
    let alpha = info.alpha_bit_depth.is_some();
    let header = Header { alpha, working_memory, ..Header::plain(Format::Heic, size) };
    Ok(colored(header, tag_of(parsed.metadata), model(info.chroma_format_idc)))
}

fn model(chroma_format: u32) -> Model {
    if chroma_format == 0 { Model::Gray } else { Model::Rgb }
}
