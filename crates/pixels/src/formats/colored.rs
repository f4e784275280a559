//! The colours of a header.

use crate::base::color_space::ColorSpace;
use crate::base::header::Header;
use crate::base::memory;
use crate::icc::Model;
use crate::icc::source::SourceColors;
use crate::icc::tag::Tag;

/// Returns the header with the colours that the file declares.
pub(crate) fn colored(mut header: Header, tag: Tag, model: Model) -> Header {
    let (source, bad_profile) = SourceColors::judge(tag, model);
    (header.color_space, header.bad_profile) = (source.space(), bad_profile);
    if header.color_space != ColorSpace::Srgb {
        // A conversion may need all channels at full size, even for a JPEG.
        header.working_memory = header.working_memory.max(memory::interleaved(header.stored, 4, 1));
    }
    header
}
