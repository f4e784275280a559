//! A decoder of JPEG XL that has read the header, within limits.

use jpeg::{Size, check_size, limits};
use jxl::api::{
    AlphaMode, Endianness, Event, ExtraChannel, JxlBasicInfo, JxlBitDepth, JxlColorType, JxlDataFormat, JxlDecoder,
    JxlDecoderOptions, JxlPixelFormat,
};
use jxl::error::Error as JxlError;

use super::memory;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::limits::MAX_DECODED_BYTES;

/// A decoder that has read the header.
pub(super) struct OpenedJxl<'a> {
    pub(super) decoder: JxlDecoder,
    /// The data that the decoder has not read yet.
    pub(super) rest: &'a [u8],
    pub(super) info: JxlBasicInfo,
    /// Size as stored.
    pub(super) size: Size,
    pub(super) alpha: bool,
    pub(super) gray: bool,
    /// Number format of decoded samples.
    pub(super) format: JxlDataFormat,
}

/// Opens a decoder. Pixels are decoded as stored; they are turned later, when there are fewer of them.
pub(super) fn open(bytes: &[u8]) -> Result<OpenedJxl<'_>, Error> {
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
    let size = check_size(side(info.size.0), side(info.size.1))?;
    if memory::jxl(size, 3 + info.extra_channels.len() as u64) > MAX_DECODED_BYTES {
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
    // The colours of the output also depend on this call.
    decoder
        .set_pixel_format(JxlPixelFormat { color_type, color_data_format: Some(format), extra_channel_format })
        .map_err(error)?;
    Ok(OpenedJxl { decoder, rest, info, size, alpha, gray, format })
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
