//! HEIC through heic-decoder, whose planes are those of HEVC's reference decoder, bit for bit.

use heic_decoder::isobmff::{self, ParsedHeif};
use heic_decoder::{ColorInfo, DecodedImage, HeifError, ImageInfo, Metadata};

use super::{bounds, reckon};
use crate::image::color_space::{ColorSpace, Tag};
use crate::image::decode::Decoded;
use crate::image::error::Error;
use crate::image::header::{Format, Header, Orientation, Size};
use crate::image::icc::Model;
use crate::image::limits;
use crate::image::memory;
use crate::image::recipe::Colors;
use crate::image::yuv::{Coded, Samples};

/// Reads the header. The size is that of the upright picture: files are turned by their boxes, and what Exif says of
/// orientation does not count (ISO/IEC 23008-12, annex A.2.1).
pub(in crate::image) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let Opened { info, parsed, size, working_memory } = open(bytes)?;
    let header = Header {
        format: Format::Heic,
        stored: size,
        orientation: Orientation::UPRIGHT,
        alpha: info.alpha_bit_depth.is_some(),
        animated: false,
        color_space: ColorSpace::Srgb,
        bad_profile: false,
        rewritable: false,
        working_memory,
        coefficients: None,
    };
    Ok(header.with_colors(tag_of(parsed.metadata), model(info.chroma_format_idc)))
}

/// What the boxes of a file tell.
struct Opened {
    info: ImageInfo,
    parsed: ParsedHeif,
    /// Of the upright picture.
    size: Size,
    working_memory: u64,
}

/// Reads the boxes of a file, and refuses what is beyond the limits: the picture, what it is cut from, and the tiles that it is made of.
fn open(bytes: &[u8]) -> Result<Opened, Error> {
    bounds::check(bytes)?;
    let info = heic_decoder::probe(bytes).map_err(error)?;
    let size = limits::check(side(info.width), side(info.height))?;
    let coded = limits::check(side(info.coded_width), side(info.coded_height))?;
    let parsed = isobmff::parse(bytes).map_err(error)?;
    let decoding = reckon::decoding(&parsed, &info).map_err(error)?;
    let samples = match info.chroma_format_idc {
        0 => 2,
        1 => 3,
        2 => 4,
        _ => 6,
    };
    let working_memory = memory::heic(coded, decoding, samples, info.alpha_bit_depth.is_some());
    if working_memory > limits::MAX_DECODED_BYTES {
        return Err(Error::TooMuchMemory);
    }
    Ok(Opened { info, parsed, size, working_memory })
}

/// What the file says of its colours.
pub(in crate::image) fn tag(bytes: &[u8]) -> Tag {
    open(bytes).map_or(Tag::Srgb, |opened| tag_of(opened.parsed.metadata))
}

fn tag_of(metadata: Metadata) -> Tag {
    let cicp = |color: ColorInfo| {
        Tag::of_cicp(color.color_primaries.try_into().ok()?, color.transfer_characteristics.try_into().ok()?)
    };
    let told = || metadata.color_info.and_then(cicp).unwrap_or(Tag::Srgb);
    metadata.icc_profile.map_or_else(told, Tag::Icc)
}

fn model(chroma_format: u32) -> Model {
    if chroma_format == 0 { Model::Gray } else { Model::Rgb }
}

/// Decodes the picture.
pub(in crate::image) fn decode(bytes: &[u8], colors: Colors) -> Result<Decoded, Error> {
    open(bytes)?;
    let mut image = heic_decoder::decode(bytes).map_err(error)?;
    let metadata = std::mem::take(&mut image.metadata);
    coded(&image)?.into_decoded(tag_of(metadata), colors)
}

fn side(side: usize) -> u32 {
    u32::try_from(side).unwrap_or(u32::MAX)
}

fn coded(image: &DecodedImage) -> Result<Coded<'_, i32>, Error> {
    // Where neither the file nor the stream says it: the range is what HEVC infers, the matrix what encoders then use.
    let unlabelled = ColorInfo { matrix_coefficients: 6, full_range: false, ..ColorInfo::default() };
    let color = image.color_info.unwrap_or(unlabelled);
    let chroma = |samples| Samples { samples, bits: image.bit_depth_chroma };
    Ok(Coded {
        format: Format::Heic,
        size: limits::check(side(image.width), side(image.height))?,
        matrix: color.matrix_coefficients,
        full_range: color.full_range,
        luma: Samples { samples: &image.y, bits: image.bit_depth_luma },
        chroma: (image.chroma_format_idc != 0)
            .then(|| ([chroma(&image.cb[..]), chroma(&image.cr[..])], [image.cb_width, image.cb_height])),
        alpha: image
            .alpha
            .as_ref()
            .map(|alpha| (Samples { samples: &alpha.samples[..], bits: alpha.bit_depth }, alpha.premultiplied)),
    })
}

fn error(error: HeifError) -> Error {
    match error {
        HeifError::Truncated { .. } => Error::Truncated(Format::Heic),
        HeifError::LimitExceeded(_) => Error::TooMuchMemory,
        HeifError::Unsupported(kind) => Error::unsupported(Format::Heic, kind),
        HeifError::MalformedBox(detail)
        | HeifError::MalformedHevc(detail)
        | HeifError::CabacDesync(detail)
        | HeifError::NotHeif(detail) => Error::corrupt(Format::Heic, detail),
    }
}
