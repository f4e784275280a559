//! The colours of a JPEG XL.

use jxl::api::{JxlColorEncoding, JxlColorProfile, JxlDecoder, JxlPrimaries, JxlTransferFunction, JxlWhitePoint};

use super::opened::open;
use crate::icc::tag::Tag;

/// Returns the colours of the decoded pixels. Pixels that are stored in XYB are decoded to the colours that the file declares
/// if that is possible without a profile, else to sRGB.
pub(crate) fn tag(bytes: &[u8]) -> Tag {
    open(bytes).map_or(Tag::Srgb, |opened| profile(&opened.decoder))
}

/// Returns the colours in which a decoder returns its pixels.
pub(super) fn profile(decoder: &JxlDecoder) -> Tag {
    match decoder.output_color_profile() {
        Some(JxlColorProfile::Icc(bytes)) => Tag::Icc(bytes.clone()),
        Some(JxlColorProfile::Simple(encoding)) => simple(encoding),
        None => Tag::Srgb,
    }
}

/// Converts colours that are declared by numbers: to those of H.273 if possible, otherwise to the profile that the decoder
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
