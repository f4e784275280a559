//! The meaning of channels: which are colours, which is alpha, and which have no meaning.

use super::compression::Compression;
use super::fields::Fields;
use super::numbers::Numbers;
use super::samples::{Kind, SampleDepth};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::formats::interleaved::Alpha;
use crate::icc::Model;

const PHOTOMETRIC: u16 = 262;
const COLOR_MAP: u16 = 320;
const INK_SET: u16 = 332;
const EXTRA_SAMPLES: u16 = 338;
const NOT_CMYK: u64 = 2;

/// The meaning of a pixel's channels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meaning<'a> {
    /// Meaning of the colours.
    pub(super) model: Model,
    /// Kind of the alpha channel.
    pub(super) alpha: Alpha,
    /// Number of channels for colours, which come first.
    pub(super) colors: usize,
    /// Place of the alpha channel.
    pub(super) alpha_at: usize,
    /// Conversion of the colours.
    pub(super) special: Special<'a>,
}

/// Conversion of samples that are not the values of their model.
#[derive(Debug, Clone, Copy)]
pub(super) enum Special<'a> {
    /// None: samples are values.
    Plain,
    /// Grays of which 0 is white.
    WhiteIsZero,
    /// Indices of a palette: all reds, all greens, all blues.
    Palette(Numbers<'a>),
    /// L\*a\*b\* with signed a\* and b\*.
    SignedLab,
    /// L\*a\*b\* with unsigned a\* and b\*, neutral in the middle.
    Lab,
    /// Y'CbCr.
    YCbCr,
}

impl<'a> Meaning<'a> {
    /// Reads the meaning of `stored` channels.
    pub(super) fn read(fields: &Fields<'a>, depth: SampleDepth, stored: usize, fax: bool) -> Result<Self, Error> {
        let photometric = fields.number(PHOTOMETRIC).unwrap_or(if fax { 0 } else { 1 + u64::from(stored > 2) });
        let (model, colors, special) = match photometric {
            0 => (Model::Gray, 1, Special::WhiteIsZero),
            1 => (Model::Gray, 1, Special::Plain),
            2 => (Model::Rgb, 3, Special::Plain),
            3 => (Model::Rgb, 1, Special::Palette(palette(fields, depth)?)),
            5 if fields.number(INK_SET) == Some(NOT_CMYK) => {
                return Err(Error::unsupported(Format::Tiff, "inks other than cyan, magenta, yellow and black"));
            }
            5 => (Model::Cmyk, 4, Special::Plain),
            6 => (Model::Rgb, 3, Special::YCbCr),
            8 => (Model::Lab, 3, Special::SignedLab),
            9 => (Model::Lab, 3, Special::Lab),
            other => return Err(unsupported(other)),
        };
        if stored < colors {
            return Err(Error::corrupt(Format::Tiff, "it has fewer channels than its colours need"));
        }
        let (alpha, alpha_at) = alpha(fields, model, colors, stored);
        Ok(Self { model, alpha, colors, alpha_at, special })
    }

    /// Refuses samples that these colours do not have.
    pub(super) fn check(&self, depth: SampleDepth) -> Result<(), Error> {
        let fits = match (self.special, depth.kind) {
            (Special::Lab | Special::SignedLab, kind) => kind != Kind::Float && matches!(depth.bits, 8 | 16),
            (_, Kind::Signed) => false,
            (Special::YCbCr, _) => depth.bits == 8,
            _ => depth.is_supported(),
        };
        let kind = match depth.kind {
            Kind::Float => "floating-point numbers",
            Kind::Signed => "signed numbers",
            Kind::Unsigned => "numbers",
        };
        fits.then_some(()).ok_or_else(|| {
            let of = match self.special {
                Special::YCbCr => " in Y'CbCr",
                Special::Lab | Special::SignedLab => " in L*a*b*",
                _ => "",
            };
            Error::unsupported(Format::Tiff, format_args!("{kind} of {} bits{of}", depth.bits))
        })
    }

    /// Returns the number of channels of the decoded picture.
    pub(super) fn channels(&self) -> usize {
        let colors = if matches!(self.special, Special::Palette(_)) { 3 } else { self.colors };
        colors + usize::from(self.alpha != Alpha::None)
    }
}

fn palette<'a>(fields: &Fields<'a>, depth: SampleDepth) -> Result<Numbers<'a>, Error> {
    if depth.bits > 8 {
        return Err(Error::unsupported(Format::Tiff, format_args!("palettes with numbers of {} bits", depth.bits)));
    }
    fields
        .numbers(COLOR_MAP)
        .filter(|colors| colors.len() == 3 << depth.bits)
        .ok_or_else(|| Error::corrupt(Format::Tiff, "its palette does not fit its pixels"))
}

/// Returns the kind and the place of the alpha channel. Programs that omit the field write alpha behind gray or RGB.
fn alpha(fields: &Fields<'_>, model: Model, colors: usize, stored: usize) -> (Alpha, usize) {
    let Some(extra) = fields.numbers(EXTRA_SAMPLES) else {
        let usual = matches!(model, Model::Gray | Model::Rgb) && stored == colors + 1;
        return (if usual { Alpha::Straight } else { Alpha::None }, colors);
    };
    let kinds = extra.iter().take(stored - colors).zip(colors..);
    let mut alphas = kinds.filter_map(|(kind, place)| match kind {
        1 => Some((Alpha::Premultiplied, place)),
        2 => Some((Alpha::Straight, place)),
        _ => None,
    });
    alphas.next().unwrap_or((Alpha::None, colors))
}

fn unsupported(photometric: u64) -> Error {
    let name = match photometric {
        4 => "a mask",
        10 => "colours in L*a*b* of ITU-T T.42",
        32_803 => "the data of a sensor",
        32_844 | 32_845 => "colours in LogLuv",
        34_892 => "the linear data of a sensor",
        _ => return Error::unsupported(Format::Tiff, format_args!("colours of kind {photometric}")),
    };
    Error::unsupported(Format::Tiff, name)
}

/// Whether a missing meaning is that of a fax.
pub(super) fn is_fax(compression: Compression) -> bool {
    matches!(compression, Compression::Ccitt(_))
}
