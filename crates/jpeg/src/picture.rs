//! The functions of the crate: from files to planes and back, in one call each.

use crate::attachments::Attachments;
use crate::decode::{self, CoefficientRow, CoefficientSink, Damage, Decoded, Request};
use crate::error::Error;
use crate::header::Header;
use crate::parallel::Parallelism;
use crate::requantize::{self, Recoding, Requantizer};

/// Decodes a file whose `header` has been read. A damaged file is decoded as far as possible; [`Decoded::damage`] is the missing share.
///
/// Files of more than 8 bits a sample are decoded at level 0 and as a whole, whatever `request` asks for.
///
/// # Errors
/// If nothing of the picture can be decoded, if the request makes no sense, or if there is no memory left.
pub fn decode(
    bytes: &[u8],
    header: &Header<'_>,
    request: &Request<'_>,
    parallelism: &dyn Parallelism,
) -> Result<Decoded, Error> {
    decode_with(bytes, header, request, &mut [], parallelism)
}

/// Decodes a file as [`decode()`] does, and also hands the coefficients to `requantizers`: the entropy-coded data is read once.
///
/// # Errors
/// As [`decode()`].
pub fn decode_with(
    bytes: &[u8],
    header: &Header<'_>,
    request: &Request<'_>,
    requantizers: &mut [Requantizer],
    parallelism: &dyn Parallelism,
) -> Result<Decoded, Error> {
    if !request.is_sound() {
        return Err(Error::Unsuitable("levels rise from 0 to 3, and placings have pixels"));
    }
    decode::decode(bytes, header, request, requantizers, parallelism)
}

/// Writes a file again without decoding pixels: coefficients are quantized more coarsely, and turned. This loses less than decoding and
/// encoding, and takes less time.
///
/// # Errors
/// If the file is not [rewritable](Header::is_rewritable), if nothing of the picture can be decoded, or if there is no memory left.
pub fn requantize(
    bytes: &[u8],
    header: &Header<'_>,
    recoding: Recoding,
    attachments: &Attachments<'_>,
    parallelism: &dyn Parallelism,
) -> Result<Vec<u8>, Error> {
    let mut requantizer = Requantizer::new(header, recoding)?;
    decode::coefficients(bytes, header, &mut requantizer, parallelism)?;
    requantizer.write(attachments)
}

/// Calls `take` with all coefficients of a file, without decoding pixels. The rows of a component arrive from the top to the bottom. A
/// component whose row 0 arrives again starts over: a scan that turns out to be damaged may be read twice.
///
/// # Errors
/// If nothing of the picture can be decoded, or if there is no memory left.
pub fn read_coefficients(
    bytes: &[u8],
    header: &Header<'_>,
    take: impl FnMut(CoefficientRow<'_>),
    parallelism: &dyn Parallelism,
) -> Result<Option<Damage>, Error> {
    decode::coefficients(bytes, header, &mut Visitor(take), parallelism)
}

/// A function that acts as a sink.
struct Visitor<F>(F);

impl<F: FnMut(CoefficientRow<'_>)> CoefficientSink for Visitor<F> {
    fn row(&mut self, row: &CoefficientRow<'_>) -> Result<(), Error> {
        (self.0)(*row);
        Ok(())
    }
}

impl Header<'_> {
    /// Whether the coefficients of this file can be written again. They must be gray or Y'CbCr with 8 bits, with sampling factors that
    /// other decoders support, too: the largest is a multiple of each.
    #[must_use]
    pub fn is_rewritable(&self) -> bool {
        requantize::suits(self)
    }

    /// Whether decoding `bytes`, the file of this header, keeps all coefficients in memory: it has more scans than can be read together.
    #[must_use]
    pub fn keeps_coefficients(&self, bytes: &[u8]) -> bool {
        decode::keeps_all(bytes, self)
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::encode::{Coding, Effort, Encoder};
    use crate::orientation::Orientation;
    use crate::parallel::Sequential;
    use crate::plane::{Density, Placing, Plane};
    use crate::size::Size;

    const CODING: Coding = Coding { quality: 90, progressive: false, effort: Effort::Fast };

    fn file() -> Vec<u8> {
        let plane = |width, height| Plane::gray(width, height, [Density::FULL; 2]).unwrap();
        let planes = vec![plane(40, 30), plane(20, 15), plane(20, 15)];
        Encoder::new().encode(Cow::Owned(planes), CODING, &Attachments::default()).unwrap()
    }

    #[test]
    fn requests_that_make_no_sense_are_refused() {
        let (file, upright) = (file(), Orientation::UPRIGHT);
        let header = Header::read(&file).unwrap();
        let decode = |request: &Request<'_>| decode(&file, &header, request, &Sequential);
        for levels in [&[4][..], &[1, 1], &[2, 0]] {
            assert!(matches!(decode(&Request { levels, ..Request::default() }), Err(Error::Unsuitable(_))));
        }
        let nothing = [Placing::new(header.size, upright, Size { width: 0, height: 5 }, true)];
        assert!(decode(&Request { placings: &nothing, ..Request::default() }).is_err());
        // Placings that belong to another picture.
        let size = Size { width: 7, height: 5 };
        for source in [Size { width: 4000, height: 3 }, Size { width: 1, height: 1 }] {
            let placings = [Placing::new(source, upright, size, true)];
            let placed = decode(&Request { levels: &[], placings: &placings, half_chroma: false }).unwrap().placed;
            assert_eq!((placed[0][0].width, placed[0][0].height), (7, 5));
        }
    }

    #[test]
    fn planes_that_are_not_as_large_as_they_say_are_refused() {
        let plane = Plane { width: 9, height: 9, density: [Density::FULL; 2], samples: vec![0; 80] };
        let encoded =
            Encoder::new().encode(Cow::Borrowed(std::slice::from_ref(&plane)), CODING, &Attachments::default());
        assert!(matches!(encoded, Err(Error::Encode(_))));
        let axes = [crate::Axis::full(9, 4); 2];
        assert!(matches!(crate::resample(&plane, axes, Orientation::UPRIGHT), Err(Error::Unsuitable(_))));
    }

    #[test]
    fn coefficients_come_row_by_row() {
        let file = file();
        let header = Header::read(&file).unwrap();
        let mut rows = Vec::new();
        let damage =
            read_coefficients(&file, &header, |row| rows.push((row.component, row.number)), &Sequential).unwrap();
        assert_eq!(damage, None);
        assert_eq!(
            rows.iter().filter(|(component, _)| *component == 0).map(|(_, row)| *row).collect::<Vec<_>>(),
            [0, 1, 2, 3]
        );
    }
}
