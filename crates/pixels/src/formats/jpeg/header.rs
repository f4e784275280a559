//! The header of a JPEG.

use jpeg::{ColorModel, ComponentHeader, Header as JpegHeader, Orientation};

use super::{memory, tag};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::header::{Coefficients, Header, StoredChroma};
use crate::formats::colored::colored;
use crate::icc::Model;
use crate::metadata::exif::Exif;

/// Reads the header.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let layout = JpegHeader::read(bytes)?;
    let orientation = Exif::read(layout.exif.unwrap_or_default()).orientation();
    Ok(of_layout(Format::Jpeg, bytes, &layout, orientation))
}

/// Returns the header of a JPEG whose `layout` has been read: a file, or a part of a file of another format.
pub(crate) fn of_layout(format: Format, bytes: &[u8], layout: &JpegHeader<'_>, orientation: Orientation) -> Header {
    let header = Header {
        orientation,
        rewritable: layout.is_rewritable(),
        working_memory: memory::decoding(layout.size, layout.samples()),
        coefficients: coefficients(bytes, layout),
        ..Header::plain(format, layout.size)
    };
    colored(header, tag::of_layout(layout), model(layout.color))
}

/// Returns the coefficients of a file that its decoder can halve.
fn coefficients(bytes: &[u8], layout: &JpegHeader<'_>) -> Option<Coefficients> {
    // Chroma with less than half of luma's samples on a side (4:1:1) is too coarse for that.
    let most = |factor: fn(&ComponentHeader) -> u8| layout.components.iter().map(factor).max().unwrap_or(1);
    let (across, down) = (most(|c| c.horizontal), most(|c| c.vertical));
    let dense = layout.components.iter().all(|c| 2 * c.horizontal >= across && 2 * c.vertical >= down);
    let full = |c: &ComponentHeader| [c.horizontal, c.vertical] == [across, down];
    let chroma = match &layout.components[..] {
        [] | [_] => StoredChroma::None,
        [_, others @ ..] if others.iter().any(full) => StoredChroma::Full,
        _ => StoredChroma::Coarse,
    };
    (layout.precision == 8 && dense).then(|| Coefficients {
        count: layout.samples(),
        kept: layout.keeps_coefficients(bytes),
        chroma,
    })
}

/// Returns the kind of channels that a profile for these components must have.
pub(crate) fn model(color: ColorModel) -> Model {
    match color {
        ColorModel::Gray => Model::Gray,
        ColorModel::YCbCr | ColorModel::Rgb => Model::Rgb,
        ColorModel::Cmyk | ColorModel::Ycck => Model::Cmyk,
    }
}
