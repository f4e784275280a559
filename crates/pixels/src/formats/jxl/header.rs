//! The header of a JPEG XL.

use jpeg::Orientation;

use super::memory;
use super::opened::{OpenedJxl, open};
use super::tag::profile;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::header::Header;
use crate::formats::colored::colored;
use crate::icc::Model;

/// Whether a file is a codestream, or begins with the box of JPEG XL.
pub(super) fn is_jxl(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\x0A") || bytes.starts_with(b"\0\0\0\x0CJXL \r\n\x87\n")
}

/// Reads the header.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let OpenedJxl { decoder, info, size, alpha, gray, .. } = open(bytes)?;
    let header = Header {
        orientation: Orientation::from_exif(info.orientation as u32),
        alpha,
        animated: info.animation.is_some(),
        working_memory: memory::jxl(size, 3 + info.extra_channels.len() as u64),
        ..Header::plain(Format::Jxl, size)
    };
    Ok(colored(header, profile(&decoder), if gray { Model::Gray } else { Model::Rgb }))
}
