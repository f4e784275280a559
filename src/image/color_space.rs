//! In which colours a file's numbers are, and what has to be done about it.
//!
//! In: what a file says ([`Tag`]) and what its channels are ([`Model`]). Out: a [`Source`]: sRGB, or something that a profile
//! tells browsers, or something that has to become sRGB before they see it.

use serde::{Deserialize, Serialize};

use super::header::Format;
use super::icc::write::{self, Chromaticities};
use super::icc::{Curve, Device, Model, Profile, Transfer};
use super::metadata::tiff::Tiff;
use super::raw::Preview;
use super::{heif, jpeg, jxl, png, tiff, webp};

/// In which colours a picture is, as far as a plan has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ColorSpace {
    /// sRGB, or nothing else is known. It needs no profile.
    Srgb,
    /// Another space of red, green and blue, or of gray. Browsers show it rightly with its profile.
    Profiled,
    /// Inks, L\*a\*b\*, more light than a display has, or a profile that is too long to travel: it is always converted.
    Foreign,
}

/// What a file says about its colours.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::image) enum Tag {
    /// Nothing, or that they are sRGB.
    Srgb,
    /// A profile, of which nothing has been checked. If parts of it are missing, it is empty.
    Icc(Vec<u8>),
    /// Primaries and a curve.
    Primaries(Chromaticities, Curve),
    /// Primaries and a way to write more light than a display's white.
    Hdr(Chromaticities, Transfer),
}

impl Tag {
    /// Of a file. RAW files say it in their JPEG.
    pub(in crate::image) fn read(bytes: &[u8], format: Format) -> Self {
        match format {
            Format::Jpeg => jpeg::layout::Layout::read(bytes).map_or(Self::Srgb, |layout| Self::of_jpeg(&layout)),
            Format::Raw => Preview::find(bytes).map_or(Self::Srgb, |preview| Self::of_jpeg(&preview.layout)),
            Format::Png => png::color::tag(bytes),
            Format::WebP => webp::chunks::profile(bytes).map_or(Self::Srgb, |profile| Self::Icc(profile.to_vec())),
            Format::Tiff => tiff::profile(bytes).map_or(Self::Srgb, Self::Icc),
            Format::Jxl => jxl::header::tag(bytes),
            Format::Heic => heif::heic::tag(bytes),
            Format::Gif | Format::Bmp => Self::Srgb,
        }
    }

    /// Of a JPEG: its profile, or what its Exif block says instead of one.
    pub(in crate::image) fn of_jpeg(layout: &jpeg::layout::Layout<'_>) -> Self {
        match &layout.icc {
            Some(profile) => Self::Icc(profile.clone()),
            None if layout.exif.is_some_and(exif_says_adobe_rgb) => {
                Self::Primaries(Chromaticities::ADOBE, Curve::Power(563.0 / 256.0))
            }
            None => Self::Srgb,
        }
    }

    /// From the numbers of ITU-T H.273, which PNG, AVIF and HEIF share; the matrix is not part of it.
    pub(in crate::image) fn of_cicp(primaries: u8, transfer: u8) -> Option<Self> {
        let chromaticities = match primaries {
            // What is not specified is BT.709's.
            1 | 2 => Chromaticities::SRGB,
            5 => Chromaticities { primaries: [[0.64, 0.33], [0.29, 0.60], [0.15, 0.06]], ..Chromaticities::SRGB },
            6 | 7 => Chromaticities { primaries: [[0.63, 0.34], [0.31, 0.595], [0.155, 0.07]], ..Chromaticities::SRGB },
            9 => Chromaticities::BT2020,
            11 => Chromaticities { white: [0.314, 0.351], ..Chromaticities::P3 },
            12 => Chromaticities::P3,
            _ => return None,
        };
        let curve = match transfer {
            2 | 13 => Curve::SRGB,
            1 | 6 | 14 | 15 => Curve::BT709,
            4 => Curve::Power(2.2),
            5 => Curve::Power(2.8),
            8 => Curve::Power(1.0),
            16 => return Some(Self::Hdr(chromaticities, Transfer::Pq)),
            18 => return Some(Self::Hdr(chromaticities, Transfer::Hlg)),
            _ => return None,
        };
        let srgb = chromaticities == Chromaticities::SRGB && curve == Curve::SRGB;
        Some(if srgb { Self::Srgb } else { Self::Primaries(chromaticities, curve) })
    }
}

/// Adobe RGB as cameras note it without a profile: the number 2 that some write, or "uncalibrated" with the name that DCF
/// gives it.
fn exif_says_adobe_rgb(block: &[u8]) -> bool {
    const EXIF: u16 = 0x8769;
    const COLOR_SPACE: u16 = 0xA001;
    const INTEROPERABILITY: u16 = 0xA005;
    const INDEX: u16 = 0x0001;
    let said = || {
        let tiff = Tiff::parse(block)?;
        let exif = tiff.sub_ifd(tiff.first_ifd()?, EXIF)?;
        Some(match tiff.find(exif, COLOR_SPACE)?.uint()? {
            2 => true,
            0xFFFF => {
                let index = tiff.find(tiff.sub_ifd(exif, INTEROPERABILITY)?, INDEX)?;
                index.text()?.starts_with("R03")
            }
            _ => false,
        })
    };
    said().unwrap_or(false)
}

/// The colours of a picture that is being decoded.
#[derive(Debug, Clone)]
pub(in crate::image) enum Source {
    /// Nothing has to be done.
    Srgb,
    /// May be kept together with the bytes of its profile.
    Profiled(Profile, Vec<u8>),
    /// Has to be converted.
    Foreign(Profile),
}

impl Source {
    /// From what the file says and what its channels are, and whether it says something that cannot be used: a profile that
    /// is damaged, or about other channels.
    pub(in crate::image) fn judge(tag: Tag, model: Model) -> (Self, bool) {
        let without = match model {
            Model::Gray | Model::Rgb => Self::Srgb,
            Model::Cmyk => Self::Foreign(Profile::of(Device::Inks)),
            Model::Lab => return (Self::Foreign(Profile::of(Device::Lab)), false),
        };
        let bytes = match (tag, model) {
            (Tag::Srgb, _) | (Tag::Primaries(..) | Tag::Hdr(..), Model::Cmyk | Model::Lab) => return (without, false),
            (Tag::Icc(bytes), _) => bytes,
            (Tag::Primaries(_, curve), Model::Gray) => write::gray(&curve),
            (Tag::Primaries(chromaticities, curve), Model::Rgb) => match chromaticities.columns() {
                Some(columns) => write::rgb(&columns, &curve),
                None => return (without, true),
            },
            (Tag::Hdr(_, transfer), Model::Gray) => {
                let profile = Profile::of(Device::Gray(Curve::of_hdr(transfer)));
                return (Self::Foreign(profile), false);
            }
            (Tag::Hdr(chromaticities, transfer), Model::Rgb) => match chromaticities.columns() {
                Some(columns) => return (Self::Foreign(Profile::of(Device::Hdr(transfer, columns))), false),
                None => return (without, true),
            },
        };
        match Profile::read(&bytes, model) {
            None => (without, true),
            Some(profile) if profile.is_srgb() => (Self::Srgb, false),
            Some(profile) if profile.can_travel() => (Self::Profiled(profile, bytes), false),
            Some(profile) => (Self::Foreign(profile), false),
        }
    }

    /// What a plan has to know of it.
    pub(in crate::image) fn space(&self) -> ColorSpace {
        match self {
            Self::Srgb => ColorSpace::Srgb,
            Self::Profiled(..) => ColorSpace::Profiled,
            Self::Foreign(_) => ColorSpace::Foreign,
        }
    }
}

#[cfg(test)]
#[path = "color_space_tests.rs"]
mod tests;
