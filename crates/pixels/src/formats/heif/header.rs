//! The header of a HEIC.

use super::opened::open;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::header::Header;
use crate::formats::colored::colored;
use crate::icc::Model;

/// Reads the header. Boxes define the orientation, and that of Exif is ignored (ISO/IEC 23008-12, annex A.2.1).
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let opened = open(bytes)?;
    let part = opened.picture.part;
    let plain = Header { alpha: opened.has_alpha(), ..Header::plain(Format::Heic, part.size) };
    let model = if opened.is_gray() { Model::Gray } else { Model::Rgb };
    let header = colored(plain, opened.colors.tag, model);
    // Colours are converted band by band, which is counted.
    Ok(Header { orientation: part.orientation(), working_memory: opened.working_memory, ..header })
}
