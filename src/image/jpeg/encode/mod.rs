//! From planes to the bytes of a JPEG file: gray, or Y'CbCr with chroma of half the size on both sides (4:2:0); or from coefficients,
//! with any sampling.
//!
//! Planes are transformed and quantized row by row, and what each scan says of a row is noted at once: little is kept. A sequential
//! file has one scan, a progressive one several; each scan gets the Huffman codes that are best for it. All of it is integer
//! arithmetic, so the bytes are the same on every machine.

mod band;
mod bits;
mod component;
mod first;
mod further;
mod huffman;
mod interleaved;
mod row;
mod run;
mod script;
mod segments;
mod tables;
mod tokens;
mod trellis;

pub(in crate::image) use component::Component;
pub(in crate::image) use tables::quantization;

use std::borrow::Cow;

use row::Row;
use script::Scan;
use segments::segment;
use trellis::Trellis;

use super::markers::{APP0, EOI, SOI};
use super::strip::write_kept;
use crate::image::error::Error;
use crate::image::metadata::kept::Kept;
use crate::image::plane::Plane;
use crate::image::recipe::Effort;

/// Parameters of the coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::image) struct Coding {
    /// 1 to 100, in the IJG's scale.
    pub(in crate::image) quality: u8,
    /// Progressive rather than sequential.
    pub(in crate::image) progressive: bool,
    /// How much time goes into it.
    pub(in crate::image) effort: Effort,
}

/// Encodes pictures, one after the other, in the same buffers.
#[derive(Debug)]
pub(in crate::image) struct Encoder {
    components: [Component; 3],
    row: Row,
}

impl Encoder {
    /// Without buffers yet.
    pub(in crate::image) fn new() -> Self {
        Self { components: Default::default(), row: Row::default() }
    }

    /// Encodes one plane as gray, or three as Y'CbCr of which the last two have half the width and height, rounded up. The
    /// result depends on nothing that was encoded before. Those that are not only lent are forgotten one by one.
    pub(in crate::image) fn encode(
        &mut self,
        planes: Cow<'_, [Plane]>,
        coding: Coding,
        profile: Option<&[u8]>,
        kept: &Kept,
    ) -> Result<Vec<u8>, Error> {
        let size = check(&planes)?;
        let count = planes.len();
        let quantization = quantization(coding.quality, coding.effort, count == 1);
        let planes: Vec<Cow<'_, Plane>> = match planes {
            Cow::Borrowed(planes) => planes.iter().map(Cow::Borrowed).collect(),
            Cow::Owned(planes) => planes.into_iter().map(Cow::Owned).collect(),
        };
        for (number, (plane, component)) in planes.into_iter().zip(&mut self.components).enumerate() {
            let quantization = &quantization[number.min(1)];
            let quantizer = quantization.quantizer();
            let trellis = (coding.effort == Effort::Small)
                .then(|| Trellis::new(&self.row.sample(&plane, &quantizer), quantization.zigzag()));
            let factors = if number == 0 && count > 1 { [2; 2] } else { [1; 2] };
            component.begin([plane.width.div_ceil(8), plane.height.div_ceil(8)], factors, coding, number)?;
            component.transform(&plane, &quantizer, trellis.as_ref(), &mut self.row)?;
        }
        let steps = (0..count).map(|number| quantization[number.min(1)].steps).collect();
        let components = &mut self.components[..count];
        write(&Frame { size, steps }, components, coding, profile, kept)
    }
}

/// What is told of a picture beside its coefficients.
#[derive(Debug)]
pub(in crate::image) struct Frame {
    /// Width and height in pixels.
    pub(in crate::image) size: [u16; 2],
    /// The quantization of each component, in natural order.
    pub(in crate::image) steps: Vec<[u8; 64]>,
}

/// Writes a picture whose coefficients have come: gray, or luma and two of chroma, with any sampling factors whose blocks in a unit
/// are ten at most. What its components say is gone then.
pub(in crate::image) fn write(
    frame: &Frame,
    components: &mut [Component],
    coding: Coding,
    profile: Option<&[u8]>,
    kept: &Kept,
) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![0xFF, SOI];
    // JFIF 1.01, without a unit for the density, and without a preview.
    segment(&mut bytes, APP0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")?;
    write_kept(&mut bytes, kept);
    if let Some(profile) = profile {
        segments::profile(&mut bytes, profile)?;
    }
    segments::frame(&mut bytes, coding, frame, components)?;
    if coding.progressive {
        let mut scans = vec![(Scan::Means, interleaved::means(components)?)];
        for (number, component) in components.iter_mut().enumerate() {
            for noted in component.bands.drain(..) {
                scans.push((Scan::Band(number, noted.band), noted.write(number)?));
            }
        }
        script::smallest(coding.effort, scans).into_iter().for_each(|scan| bytes.extend(scan));
    } else {
        bytes.extend(interleaved::all(components)?);
    }
    bytes.extend([0xFF, EOI]);
    Ok(bytes)
}

fn check(planes: &[Plane]) -> Result<[u16; 2], Error> {
    let (Some(luma), 1 | 3) = (planes.first(), planes.len()) else {
        return Err(Error::Encode("a JPEG has one component or three".to_owned()));
    };
    let half = (luma.width.div_ceil(2), luma.height.div_ceil(2));
    if planes[1..].iter().any(|plane| (plane.width, plane.height) != half) {
        return Err(Error::Encode("chroma is not half as large as luma".to_owned()));
    }
    let side = |side: usize| match u16::try_from(side) {
        Ok(side @ 1..) => Ok(side),
        _ => Err(Error::Encode("a side is not 1 to 65535 samples long".to_owned())),
    };
    Ok([side(luma.width)?, side(luma.height)?])
}

#[cfg(test)]
mod tests;
