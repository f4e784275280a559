//! Decoding of HEIC with heic-decoder, whose planes equal those of HEVC's reference decoder, bit for bit.

use heic_decoder::{ColorInfo, DecodedImage};
use jpeg::check_size;

use super::opened::{error, open, side};
use super::tag::tag_of;
use super::yuv::{CodedPicture, PlaneSamples};
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::format::Format;

/// Decodes the picture.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    open(bytes)?;
    let mut image = heic_decoder::decode(bytes).map_err(error)?;
    let metadata = std::mem::take(&mut image.metadata);
    coded(&image)?.into_decoded(tag_of(metadata), wanted.colors)
}

fn coded(image: &DecodedImage) -> Result<CodedPicture<'_, i32>, Error> {
    // Defaults if neither the file nor the stream declares them: the range that HEVC infers, and the matrix that encoders use then.
    let unlabelled = ColorInfo { matrix_coefficients: 6, full_range: false, ..ColorInfo::default() };
    let color = image.color_info.unwrap_or(unlabelled);
    let chroma = |samples| PlaneSamples { samples, bits: image.bit_depth_chroma };
    Ok(CodedPicture {
        format: Format::Heic,
        size: check_size(side(image.width), side(image.height))?,
        matrix: color.matrix_coefficients,
        full_range: color.full_range,
        luma: PlaneSamples { samples: &image.y, bits: image.bit_depth_luma },
        chroma: (image.chroma_format_idc != 0)
            .then(|| ([chroma(&image.cb[..]), chroma(&image.cr[..])], [image.cb_width, image.cb_height])),
        alpha: image
            .alpha
            .as_ref()
            .map(|alpha| (PlaneSamples { samples: &alpha.samples[..], bits: alpha.bit_depth }, alpha.premultiplied)),
    })
}
