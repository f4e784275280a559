//! The boxes of a HEIC, within limits.

use heic_decoder::isobmff::{self, ParsedHeif};
use heic_decoder::{HeifError, ImageInfo};
use jpeg::{Size, check_size};

use super::{bounds, memory, reckon};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::limits::MAX_DECODED_BYTES;

/// Content of the boxes of a file.
pub(super) struct OpenedHeic {
    pub(super) info: ImageInfo,
    pub(super) parsed: ParsedHeif,
    /// Size of the upright picture.
    pub(super) size: Size,
    pub(super) working_memory: u64,
}

/// Reads the boxes of a file, and checks the limits for the picture, for the canvas from which it is cropped, and for its tiles.
pub(super) fn open(bytes: &[u8]) -> Result<OpenedHeic, Error> {
    bounds::check(bytes)?;
    let info = heic_decoder::probe(bytes).map_err(error)?;
    let size = check_size(side(info.width), side(info.height))?;
    let coded = check_size(side(info.coded_width), side(info.coded_height))?;
    let parsed = isobmff::parse(bytes).map_err(error)?;
    let decoding = reckon::decoding(&parsed, &info).map_err(error)?;
    let samples = match info.chroma_format_idc {
        0 => 2,
        1 => 3,
        2 => 4,
        _ => 6,
    };
    let working_memory = memory::heic(coded, decoding, samples, info.alpha_bit_depth.is_some());
    if working_memory > MAX_DECODED_BYTES {
        return Err(Error::TooMuchMemory);
    }
    Ok(OpenedHeic { info, parsed, size, working_memory })
}

pub(super) fn side(side: usize) -> u32 {
    u32::try_from(side).unwrap_or(u32::MAX)
}

pub(super) fn error(error: HeifError) -> Error {
    match error {
        HeifError::Truncated { .. } => Error::Truncated(Format::Heic),
        HeifError::LimitExceeded(_) => Error::TooMuchMemory,
        HeifError::Unsupported(kind) => Error::unsupported(Format::Heic, kind),
        HeifError::MalformedBox(detail)
        | HeifError::MalformedHevc(detail)
        | HeifError::CabacDesync(detail)
        | HeifError::NotHeif(detail) => Error::corrupt(Format::Heic, detail),
    }
}
