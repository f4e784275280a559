//! Selection of one of the JPEGs in a RAW file.

use jpeg::{Header as JpegHeader, Orientation, Size};

use super::found::Found;
use super::kind::RawKind;
use super::{cr3, raf, tiff};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::metadata::tiff::Tiff;

/// Smallest long edge, in pixels. Smaller pictures are thumbnails for the camera's own screen.
const LEAST_LONG_EDGE: u32 = 320;

/// The picture that represents a RAW file.
#[derive(Debug, Clone)]
pub(crate) struct Preview<'a> {
    /// A JPEG file.
    pub(crate) jpeg: &'a [u8],
    /// Content of the JPEG before its pixels.
    pub(crate) layout: JpegHeader<'a>,
    /// Transformation that turns the picture upright.
    pub(crate) orientation: Orientation,
}

/// Runs the reader for this kind of RAW file.
fn search(bytes: &[u8]) -> Found<'_> {
    match RawKind::of(bytes) {
        Some(RawKind::Cr3) => cr3::read(bytes),
        Some(RawKind::Raf) => raf::read(bytes),
        Some(RawKind::Tiff) | None => tiff::read(bytes),
    }
}

impl<'a> Preview<'a> {
    /// Finds the largest JPEG that can be decoded. Sensor data may also be JPEG, but of a kind that no picture has.
    pub(crate) fn find(bytes: &'a [u8]) -> Result<Self, Error> {
        let found = search(bytes);
        let layouts = found.jpegs.iter().filter_map(|jpeg| Some((*jpeg, JpegHeader::read(jpeg).ok()?)));
        // The first of several equal ones, so that the order in the file decides.
        let largest = layouts.rev().max_by_key(|(_, layout)| layout.size.pixels());
        let Some((jpeg, layout)) = largest.filter(|(_, layout)| layout.size.long_edge() >= LEAST_LONG_EDGE) else {
            return Err(Error::NoPreview);
        };
        let own = layout.exif.and_then(own_orientation);
        let orientation = own.unwrap_or_else(|| inherited(found.orientation, layout.size));
        Ok(Self { jpeg, layout, orientation })
    }

    /// Attributes an error to the RAW file, because users do not see the embedded JPEG.
    pub(crate) fn error(error: Error) -> Error {
        match error {
            Error::Truncated(_) => Error::Truncated(Format::Raw),
            Error::Corrupt { detail, .. } => Error::Corrupt { format: Format::Raw, detail },
            Error::UnsupportedKind { kind, .. } => Error::UnsupportedKind { format: Format::Raw, kind },
            error => error,
        }
    }
}

/// Returns the orientation in a JPEG's own Exif block, if there is one.
fn own_orientation(block: &[u8]) -> Option<Orientation> {
    const ORIENTATION: u16 = 0x0112;
    let tiff = Tiff::parse(block)?;
    tiff.find(tiff.first_ifd()?, ORIENTATION)?.uint().map(Orientation::from_exif)
}

/// Returns the orientation of a JPEG without its own: that of the RAW file, unless the camera has already turned the JPEG. Sensors are
/// wider than high, so a JPEG that is higher than wide has been turned.
fn inherited(raw: Orientation, preview: Size) -> Orientation {
    if raw.swaps_sides() && preview.height > preview.width { Orientation::UPRIGHT } else { raw }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_that_was_turned_is_not_turned_again() {
        let wide = Size { width: 3, height: 2 };
        let high = Size { width: 2, height: 3 };
        for turn in 1..=8 {
            let raw = Orientation::from_exif(turn);
            assert_eq!(inherited(raw, wide), raw);
            assert_eq!(inherited(raw, high), if turn >= 5 { Orientation::UPRIGHT } else { raw });
        }
    }
}
