//! From planes to the bytes of a JPEG file: gray, or Y'CbCr with chroma of half the size on both sides (4:2:0).

use jpeg_encoder::{ChromaSubsamplingMethod, Encoder, ImageBuffer, JpegColorType, SamplingFactor};

use crate::image::error::Error;
use crate::image::plane::Plane;

/// The spectral bands of a progressive file.
const PROGRESSIVE_SCANS: u8 = 4;

/// Parameters of the coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::image) struct Coding {
    /// 1 to 100, in the IJG's scale.
    pub(in crate::image) quality: u8,
    /// Progressive rather than sequential.
    pub(in crate::image) progressive: bool,
}

/// Encodes one plane as gray, or three as Y'CbCr of which the last two have half the width and height, rounded up.
pub(in crate::image) fn encode(
    planes: &[Plane],
    coding: Coding,
    profile: Option<&[u8]>,
    exif: Option<&[u8]>,
) -> Result<Vec<u8>, Error> {
    let rows = Rows::of(planes)?;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, coding.quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    // Each sample of chroma is given four times; taking one of them gives it back as it was.
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Nearest);
    encoder.set_optimized_huffman_tables(true);
    if coding.progressive {
        encoder.set_progressive_scans(PROGRESSIVE_SCANS);
    }
    let failed = |error: jpeg_encoder::EncodingError| Error::Encode(error.to_string());
    if let Some(exif) = exif {
        encoder.add_exif_metadata(exif).map_err(failed)?;
    }
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).map_err(failed)?;
    }
    encoder.encode_image(rows).map_err(failed)?;
    Ok(bytes)
}

/// Planes as the encoder asks for them: row by row, all components at the full size.
struct Rows<'a> {
    planes: &'a [Plane],
    width: u16,
    height: u16,
}

impl<'a> Rows<'a> {
    fn of(planes: &'a [Plane]) -> Result<Self, Error> {
        let (Some(luma), 1 | 3) = (planes.first(), planes.len()) else {
            return Err(Error::Encode("a JPEG has one component or three".to_owned()));
        };
        let half = (luma.width.div_ceil(2), luma.height.div_ceil(2));
        if planes[1..].iter().any(|plane| (plane.width, plane.height) != half) {
            return Err(Error::Encode("chroma is not half as large as luma".to_owned()));
        }
        let side = |side: usize| u16::try_from(side).map_err(|_| Error::Encode("a side is too long".to_owned()));
        Ok(Self { planes, width: side(luma.width)?, height: side(luma.height)? })
    }
}

impl ImageBuffer for Rows<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        if self.planes.len() == 1 { JpegColorType::Luma } else { JpegColorType::Ycbcr }
    }

    fn width(&self) -> u16 {
        self.width
    }

    fn height(&self) -> u16 {
        self.height
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let y = usize::from(y);
        buffers[0].extend_from_slice(self.planes[0].row(y));
        for (plane, buffer) in self.planes.iter().zip(buffers).skip(1) {
            let end = buffer.len() + usize::from(self.width);
            buffer.extend(plane.row(y / 2).iter().flat_map(|sample| [*sample; 2]));
            buffer.truncate(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::plane::Density;

    fn plane(width: usize, height: usize, seed: u32) -> Plane {
        let sample = |i: u32| ((i + seed).wrapping_mul(2_654_435_761) >> 24) as u8;
        let samples = (0..(width * height) as u32).map(sample).collect();
        Plane { width, height, density: [Density::FULL; 2], samples }
    }

    /// The encoder takes samples of chroma together, two by two in each direction. Whether it takes one of the four or
    /// their mean must not matter: then it works on our planes as they are.
    #[test]
    fn chroma_reaches_the_encoder_as_it_is() {
        for (width, height) in [(1_usize, 1_usize), (2, 3), (16, 16), (17, 31), (33, 50)] {
            let half = (width.div_ceil(2), height.div_ceil(2));
            let planes = [plane(width, height, 1), plane(half.0, half.1, 2), plane(half.0, half.1, 3)];
            let by = |method| {
                let mut bytes = Vec::new();
                let mut encoder = Encoder::new(&mut bytes, 80);
                encoder.set_sampling_factor(SamplingFactor::F_2_2);
                encoder.set_chroma_subsampling_method(method);
                encoder.encode_image(Rows::of(&planes).unwrap()).unwrap();
                bytes
            };
            assert!(by(ChromaSubsamplingMethod::Nearest) == by(ChromaSubsamplingMethod::Average), "{width} x {height}");
        }
    }

    #[test]
    fn quantization_tables_are_those_of_the_ijg() {
        let flat = |side: usize| Plane {
            width: side,
            height: side,
            density: [Density::FULL; 2],
            samples: vec![128; side * side],
        };
        let coding = Coding { quality: 75, progressive: false };
        let bytes = encode(&[flat(16), flat(8), flat(8)], coding, None, None).unwrap();
        let tables: Vec<&[u8]> = crate::image::jpeg::markers::segments(&bytes)
            .filter(|segment| segment.marker == 0xDB)
            .map(|segment| segment.payload)
            .collect();
        // Annex K.1 of T.81 at quality 75, in zigzag order: the first eight of each.
        let tables = tables.concat();
        assert_eq!(tables[..9], [0, 8, 6, 6, 7, 6, 5, 8, 7]);
        assert_eq!(tables[65..74], [1, 9, 9, 9, 12, 11, 12, 24, 13]);
    }

    #[test]
    fn planes_that_do_not_fit_together_are_refused() {
        let coding = Coding { quality: 75, progressive: false };
        assert!(encode(&[plane(8, 8, 1), plane(8, 8, 1), plane(4, 4, 1)], coding, None, None).is_err());
        assert!(encode(&[plane(8, 8, 1), plane(4, 4, 1)], coding, None, None).is_err());
        assert!(encode(&[], coding, None, None).is_err());
    }
}
