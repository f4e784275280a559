//! From the bytes of a JPEG file to the planes of its components, each at the size it is stored in: nothing is
//! upsampled and no colour is converted.

use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::layout::Layout;
use crate::image::error::Error;
use crate::image::header::Format;
use crate::image::limits;
use crate::image::plane::{Density, Plane};

/// More scans than any encoder writes; each one costs a walk over all coefficients.
const MAX_SCANS: usize = 100;

/// Decodes a file whose `layout` has been read.
pub(in crate::image) fn decode(bytes: &[u8], layout: &Layout<'_>) -> Result<Vec<Plane>, Error> {
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(limits::MAX_SIDE as usize)
        .set_max_height(limits::MAX_SIDE as usize)
        .jpeg_set_max_scans(MAX_SCANS);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(error)?;
    let mut session = decoder.raw_output();
    let (Some(infos), Some(count)) = (session.layout(), session.num_components()) else {
        return Err(Error::corrupt(Format::Jpeg, "the frame header contradicts itself"));
    };
    if count != layout.components.len() {
        return Err(Error::corrupt(Format::Jpeg, "there is more than one frame header"));
    }
    let densities = layout.densities();
    let mut planes = Vec::with_capacity(count);
    for (info, density) in infos.iter().zip(&densities) {
        let [across, down] = *density;
        let plane = Plane::new(across.count(layout.size.width), down.count(layout.size.height), *density)?;
        if (plane.width, plane.height) != (info.width, info.height) {
            return Err(Error::corrupt(Format::Jpeg, "there is more than one frame header"));
        }
        planes.push(plane);
    }
    let strides: Vec<usize> = planes.iter().map(|plane| plane.width).collect();
    let mut targets: Vec<&mut [u8]> = planes.iter_mut().map(|plane| plane.samples.as_mut_slice()).collect();
    session.decode_into_planes_strided(&mut targets, &strides).map_err(error)?;
    drop(session);
    Ok(planes)
}

impl Layout<'_> {
    /// Samples for each pixel, across and down, of each component.
    fn densities(&self) -> Vec<[Density; 2]> {
        // A picture of one component has no other to be smaller than, whatever its factors say (T.81, A.2.2).
        if let [_] = self.components[..] {
            return vec![[Density::FULL; 2]];
        }
        let max = |factor: fn(&super::layout::Component) -> u8| self.components.iter().map(factor).max().unwrap_or(1);
        let (horizontal, vertical) = (max(|c| c.horizontal), max(|c| c.vertical));
        let density = |samples: u8, pixels: u8| Density { samples: u32::from(samples), pixels: u32::from(pixels) };
        self.components.iter().map(|c| [density(c.horizontal, horizontal), density(c.vertical, vertical)]).collect()
    }
}

fn error(error: DecodeErrors) -> Error {
    match error {
        error if error.is_recoverable_eof() => Error::Truncated(Format::Jpeg),
        DecodeErrors::Unsupported(scheme) => Error::unsupported(Format::Jpeg, format_args!("{scheme:?}")),
        DecodeErrors::FormatStatic(detail) => Error::corrupt(Format::Jpeg, detail),
        DecodeErrors::Format(detail) => Error::corrupt(Format::Jpeg, detail),
        error => Error::corrupt(Format::Jpeg, error),
    }
}
