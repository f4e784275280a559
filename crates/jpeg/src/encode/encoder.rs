//! Encoding of planes to files, with buffers that are reused.

use std::borrow::Cow;

use super::coding::{Coding, Effort};
use super::component::CodedComponent;
use super::frame::WrittenChroma;
use super::row::RowBuffer;
use super::tables::quantization;
use super::trellis::Trellis;
use super::write::write;
use crate::attachments::Attachments;
use crate::error::Error;
use crate::plane::Plane;

/// Encodes pictures one after the other, and reuses its buffers.
#[derive(Debug, Default)]
pub struct Encoder {
    components: [CodedComponent; 3],
    row: RowBuffer,
}

impl Encoder {
    /// An encoder without buffers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Encodes one plane as gray, or three as Y'CbCr of which the last two have the size of the first, or half its width and height,
    /// rounded up. The [density](Plane::density) of planes is ignored. The result does not depend on earlier pictures. Owned planes are dropped one by
    /// one, as soon as they are encoded.
    ///
    /// # Errors
    /// [`Error::Encode`] if the sizes of the planes do not match, if a side is not 1 to 65,535 pixels long, or if the profile is too long;
    /// [`Error::TooMuchMemory`].
    pub fn encode(
        &mut self,
        planes: Cow<'_, [Plane]>,
        coding: Coding,
        attachments: &Attachments<'_>,
    ) -> Result<Vec<u8>, Error> {
        let (size, chroma) = check(&planes)?;
        let count = planes.len();
        let quantization = quantization(coding.quality, coding.effort, chroma);
        let planes: Vec<Cow<'_, Plane>> = match planes {
            Cow::Borrowed(planes) => planes.iter().map(Cow::Borrowed).collect(),
            Cow::Owned(planes) => planes.into_iter().map(Cow::Owned).collect(),
        };
        for (number, (plane, component)) in planes.into_iter().zip(&mut self.components).enumerate() {
            let quantization = &quantization[number.min(1)];
            let quantizer = quantization.quantizer();
            let trellis = (coding.effort == Effort::Small)
                .then(|| Trellis::new(&self.row.sample(&plane, &quantizer), quantization.zigzag()));
            let factors = if number == 0 && chroma == WrittenChroma::Half { [2; 2] } else { [1; 2] };
            component.begin([plane.width.div_ceil(8), plane.height.div_ceil(8)], factors, coding, number)?;
            component.transform(&plane, &quantizer, trellis.as_ref(), &mut self.row)?;
        }
        let steps = (0..count).map(|number| quantization[number.min(1)].steps).collect();
        let components = &mut self.components[..count];
        write(size, steps, components, coding, attachments)
    }
}

/// Returns the size of a picture, and the resolution of its chroma.
fn check(planes: &[Plane]) -> Result<([u16; 2], WrittenChroma), Error> {
    let (Some(luma), 1 | 3) = (planes.first(), planes.len()) else {
        return Err(Error::Encode("a JPEG has one component or three".to_owned()));
    };
    if !planes.iter().all(Plane::is_sound) {
        return Err(Error::Encode("a plane has not width × height samples".to_owned()));
    }
    let are = |size: (usize, usize)| planes[1..].iter().all(|plane| (plane.width, plane.height) == size);
    let chroma = match planes.len() {
        1 => WrittenChroma::None,
        _ if are((luma.width, luma.height)) => WrittenChroma::Full,
        _ if are((luma.width.div_ceil(2), luma.height.div_ceil(2))) => WrittenChroma::Half,
        _ => return Err(Error::Encode("chroma is neither as large as luma nor half as large".to_owned())),
    };
    let side = |side: usize| match u16::try_from(side) {
        Ok(side @ 1..) => Ok(side),
        _ => Err(Error::Encode("a side is not 1 to 65535 samples long".to_owned())),
    };
    Ok(([side(luma.width)?, side(luma.height)?], chroma))
}
