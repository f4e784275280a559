//! What stands before the pixels of a JPEG XL file.

use jxl::api::{
    AlphaMode, Endianness, Event, ExtraChannel, JxlBasicInfo, JxlBitDepth, JxlColorEncoding, JxlColorProfile,
    JxlColorType, JxlDataFormat, JxlDecoder, JxlDecoderOptions, JxlPixelFormat, JxlPrimaries, JxlTransferFunction,
    JxlWhitePoint,
};
use jxl::error::Error as JxlError;

use crate::image::color_space::{ColorSpace, Tag};
use crate::image::error::Error;
use crate::image::header::{Format, Header, Orientation, Size};
use crate::image::icc::Model;
use crate::image::{limits, memory};

/// A decoder that has read the header.
pub(super) struct Opened<'a> {
    pub(super) decoder: JxlDecoder,
    /// What it has not read.
    pub(super) rest: &'a [u8],
    pub(super) info: JxlBasicInfo,
    /// As stored.
    pub(super) size: Size,
    pub(super) alpha: bool,
    pub(super) gray: bool,
    /// In which numbers pixels come out.
    pub(super) format: JxlDataFormat,
}

/// Reads the header.
pub(in crate::image) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let Opened { decoder, info, size, alpha, gray, .. } = open(bytes)?;
    let header = Header {
        format: Format::Jxl,
        stored: size,
        orientation: Orientation::from_exif(info.orientation as u32),
        alpha,
        animated: info.animation.is_some(),
        color_space: ColorSpace::Srgb,
        bad_profile: false,
        rewritable: false,
        working_memory: memory::jxl(size, 3 + info.extra_channels.len() as u64),
        coefficients: None,
    };
    Ok(header.with_colors(profile(&decoder), if gray { Model::Gray } else { Model::Rgb }))
}

/// What the file says of its colours. Pixels that are stored in the eye's own (XYB) come out in these where that is
/// possible without a profile, else in sRGB.
pub(in crate::image) fn tag(bytes: &[u8]) -> Tag {
    open(bytes).map_or(Tag::Srgb, |opened| profile(&opened.decoder))
}

fn profile(decoder: &JxlDecoder) -> Tag {
    match decoder.output_color_profile() {
        Some(JxlColorProfile::Icc(bytes)) => Tag::Icc(bytes.clone()),
        Some(JxlColorProfile::Simple(encoding)) => simple(encoding),
        None => Tag::Srgb,
    }
}

/// Of colours that are told by numbers, those that H.273 has a number for too; of others, the profile that the decoder
/// makes of them.
fn simple(encoding: &JxlColorEncoding) -> Tag {
    let (JxlColorEncoding::RgbColorSpace { transfer_function, .. }
    | JxlColorEncoding::GrayscaleColorSpace { transfer_function, .. }) = encoding
    else {
        return Tag::Srgb;
    };
    let primaries = match encoding {
        JxlColorEncoding::GrayscaleColorSpace { .. } => Some(1),
        JxlColorEncoding::RgbColorSpace { white_point: JxlWhitePoint::D65, primaries, .. } => match primaries {
            JxlPrimaries::SRGB => Some(1),
            JxlPrimaries::BT2100 => Some(9),
            JxlPrimaries::P3 => Some(12),
            JxlPrimaries::Chromaticities { .. } => None,
        },
        _ => None,
    };
    let transfer = match transfer_function {
        JxlTransferFunction::BT709 => Some(1),
        JxlTransferFunction::Linear => Some(8),
        JxlTransferFunction::SRGB => Some(13),
        JxlTransferFunction::PQ => Some(16),
        JxlTransferFunction::HLG => Some(18),
        JxlTransferFunction::DCI | JxlTransferFunction::Gamma(_) => None,
    };
    let told = primaries.zip(transfer).and_then(|(primaries, transfer)| Tag::of_cicp(primaries, transfer));
    told.unwrap_or_else(|| match encoding.maybe_create_profile() {
        Ok(Some(profile)) => Tag::Icc(profile),
        _ => Tag::Srgb,
    })
}

/// Begins to decode. Pixels are given as stored, because turning them is done when they are few.
pub(super) fn open(bytes: &[u8]) -> Result<Opened<'_>, Error> {
    let mut options = JxlDecoderOptions::default();
    options.adjust_orientation = false;
    options.alpha_mode = AlphaMode::Unpremultiplied;
    // In samples, of a picture and of each of its frames; a picture has up to four channels here.
    options.sample_limit = Some(4 * limits::MAX_PIXELS as usize);
    let mut decoder = JxlDecoder::new(options);
    let mut rest = bytes;
    match decoder.process(&mut rest, None, None).map_err(error)? {
        Event::BasicInfo => {}
        _ => return Err(Error::Truncated(Format::Jxl)),
    }
    let Some(info) = decoder.basic_info().cloned() else { return Err(Error::Truncated(Format::Jxl)) };
    let profile = decoder.embedded_color_profile();
    if profile.is_some_and(|profile| profile.is_cmyk()) {
        return Err(Error::unsupported(Format::Jxl, "colours of inks (CMYK)"));
    }
    let gray = profile.is_some_and(|profile| profile.channels() == 1);
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    let size = limits::check(side(info.size.0), side(info.size.1))?;
    if memory::jxl(size, 3 + info.extra_channels.len() as u64) > limits::MAX_DECODED_BYTES {
        return Err(Error::TooMuchMemory);
    }
    let alpha = info.extra_channels.iter().any(|channel| channel.ec_type == ExtraChannel::Alpha);
    let color_type = match (gray, alpha) {
        (true, false) => JxlColorType::Grayscale,
        (true, true) => JxlColorType::GrayscaleAlpha,
        (false, false) => JxlColorType::Rgb,
        (false, true) => JxlColorType::Rgba,
    };
    let format = match info.bit_depth {
        JxlBitDepth::Int { bits_per_sample: ..=8 } => JxlDataFormat::U8 { bit_depth: 8 },
        _ => JxlDataFormat::U16 { endianness: Endianness::native(), bit_depth: 16 },
    };
    let extra_channel_format = vec![None; info.extra_channels.len()];
    // What colours come out in depends on this too.
    decoder
        .set_pixel_format(JxlPixelFormat { color_type, color_data_format: Some(format), extra_channel_format })
        .map_err(error)?;
    Ok(Opened { decoder, rest, info, size, alpha, gray, format })
}

pub(super) fn error(error: JxlError) -> Error {
    match error {
        JxlError::OutOfBounds(_) | JxlError::SectionTooShort | JxlError::UnexpectedCodestreamBoxEnd => {
            Error::Truncated(Format::Jxl)
        }
        JxlError::OutOfMemory(_) | JxlError::ImageOutOfMemory(..) => Error::TooMuchMemory,
        JxlError::LevelLimitExceeded { .. } => Error::unsupported(Format::Jxl, error),
        error => Error::corrupt(Format::Jxl, error),
    }
}
