//! Treatment of a picture's colours.
//!
//! In: the declaration of a file ([`Tag`]) and the meaning of its channels ([`Model`]). Out: [`SourceColors`]: sRGB, or colours that
//! browsers display with a profile, or colours that must be converted to sRGB for browsers.

use super::tag::Tag;
use super::{Curve, Device, Model, Profile, write};
use crate::base::color_space::ColorSpace;

/// The colours of a picture that is being decoded.
#[derive(Debug, Clone)]
pub(crate) enum SourceColors {
    /// sRGB; nothing has to be done.
    Srgb,
    /// May be kept together with the bytes of its profile.
    Profiled(Profile, Vec<u8>),
    /// Must be converted.
    Foreign(Profile),
}

impl SourceColors {
    /// Returns the treatment for a declaration and a model, and whether the declaration is unusable: a profile that
    /// is damaged, or made for other channels. A profile for RGB in a gray picture is ignored, but not unusable.
    pub(crate) fn judge(tag: Tag, model: Model) -> (Self, bool) {
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
            // Programs that turn colours to gray often leave the old profile in the file.
            None if model == Model::Gray => (without, Profile::read(&bytes, Model::Rgb).is_none()),
            None => (without, true),
            Some(profile) if profile.is_srgb() => (Self::Srgb, false),
            Some(profile) if profile.can_travel() => (Self::Profiled(profile, bytes), false),
            Some(profile) => (Self::Foreign(profile), false),
        }
    }

    /// Returns the colour space for a plan.
    pub(crate) fn space(&self) -> ColorSpace {
        match self {
            Self::Srgb => ColorSpace::Srgb,
            Self::Profiled(..) => ColorSpace::Profiled,
            Self::Foreign(_) => ColorSpace::Foreign,
        }
    }
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
