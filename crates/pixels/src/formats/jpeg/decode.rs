//! From the components of a JPEG to a picture. Common JPEGs stay in Y'CbCr, as stored; inks are converted to sRGB, as are others if sRGB
//! is requested.

use jpeg::{
    Axis, ColorModel, DEEPEST, Density, Header as JpegHeader, Orientation, Plane, Requantizer, Request, resample,
};

use super::header::model;
use super::tag;
use crate::base::color::{inks_of_ycck, rgb_of_ycbcr};
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::picture::{Color, Picture};
use crate::base::recipe::Colors;
use crate::icc::source::SourceColors;
use crate::icc::{Profile, Transform};

/// Decodes a file.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    decode_layout(bytes, &JpegHeader::read(bytes)?, wanted)
}

/// Decodes a file whose `layout` has been read, at those levels that its coefficients provide directly. The coefficients are also
/// requantized, if requested.
pub(crate) fn decode_layout(bytes: &[u8], layout: &JpegHeader<'_>, wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    let (source, _) = SourceColors::judge(tag::of_layout(layout), model(layout.color));
    let (profile, converted) = match source {
        SourceColors::Srgb => (None, None),
        SourceColors::Profiled(_, bytes) if wanted.colors == Colors::Keep => (Some(bytes), None),
        SourceColors::Profiled(profile, _) | SourceColors::Foreign(profile) => (None, Some(profile)),
    };
    let mut native: Vec<u8> = wanted.levels.iter().map(|level| (*level).min(DEEPEST)).collect();
    native.dedup();
    let coefficients = wanted.coefficients.iter().map(|job| Requantizer::new(layout, *job));
    let mut coefficients = coefficients.collect::<Result<Vec<_>, _>>()?;
    let color = match layout.color {
        ColorModel::Gray => Color::Gray,
        ColorModel::Rgb => Color::Rgb,
        // Inks are always foreign.
        ColorModel::YCbCr | ColorModel::Cmyk | ColorModel::Ycck => Color::YCbCr,
    };
    // Conversion requires all channels at one size, and comes before everything else.
    let whole = converted.is_some();
    if whole && !wanted.placings.is_empty() && native.first() != Some(&0) {
        native.insert(0, 0);
    }
    let samples = Request {
        levels: &native,
        placings: if whole { &[] } else { wanted.placings },
        half_chroma: wanted.half_chroma && !whole && color == Color::YCbCr,
    };
    let jpeg::Decoded { levels, placed, damage } =
        jpeg::decode_with(bytes, layout, &samples, &mut coefficients, wanted.parallelism)?;
    let placed = placed.into_iter().zip(wanted.placings);
    let placed = placed.map(|(planes, placing)| Picture { size: placing.size, color, alpha: false, planes }).collect();
    if converted.is_some() && !coefficients.is_empty() {
        return Err(Error::UnsuitableRecipe("colours cannot be converted without pixels"));
    }
    let picture = |(level, planes)| {
        let (color, planes) = match &converted {
            Some(profile) => convert(planes, level, layout, profile)?,
            None => (color, planes),
        };
        Ok((level, Picture { size: layout.size, color, alpha: false, planes }))
    };
    let levels = levels.into_iter().map(picture).collect::<Result<_, Error>>()?;
    Ok(Decoded { stored: layout.size, levels, placed, coefficients, profile, damage })
}

/// Scales all components to one size, and converts their colours to sRGB, in place.
fn convert(
    planes: Vec<Plane>,
    level: u8,
    layout: &JpegHeader<'_>,
    profile: &Profile,
) -> Result<(Color, Vec<Plane>), Error> {
    let density = Density { samples: 1, pixels: 1 << level };
    let full = [layout.size.width, layout.size.height].map(|side| {
        let count = density.count(side) as u32;
        Axis::full(count << level, count)
    });
    let grown = planes.into_iter().map(|plane| {
        let grown = if plane.density == [density; 2] { plane } else { resample(&plane, full, Orientation::UPRIGHT)? };
        Ok(Plane { density: [density; 2], ..grown })
    });
    let mut planes: Vec<Plane> = grown.collect::<Result<_, Error>>()?;
    let transform = Transform::to_srgb(profile, u16::from(u8::MAX));
    if let [gray] = &mut planes[..] {
        convert_rows(&transform, [&mut gray.samples], |[gray]| [gray, 0, 0, 0]);
        return Ok((Color::Gray, planes));
    }
    let [a, b, c, rest @ ..] = &mut planes[..] else {
        return Ok((Color::YCbCr, planes));
    };
    let three = [&mut a.samples, &mut b.samples, &mut c.samples];
    match (layout.color, rest) {
        (ColorModel::Rgb, _) => convert_rows(&transform, three, |[r, g, b]| [r, g, b, 0]),
        (ColorModel::Cmyk, [black, ..]) => {
            let [c, m, y] = three;
            convert_rows(&transform, [c, m, y, &mut black.samples], |inks| inks.map(|ink| 255 - ink));
        }
        (ColorModel::Ycck, [black, ..]) => {
            let [y, cb, cr] = three;
            convert_rows(&transform, [y, cb, cr, &mut black.samples], |[y, cb, cr, black]| {
                let [c, m, y] = inks_of_ycck(y, cb, cr).map(|ink| 255 - ink);
                [c, m, y, 255 - black]
            });
        }
        _ => convert_rows(&transform, three, |[y, cb, cr]| {
            let [r, g, b] = rgb_of_ycbcr(y, cb, cr);
            [r, g, b, 0]
        }),
    }
    planes.truncate(3);
    Ok((Color::Rgb, planes))
}

/// Converts the samples of planes of one size. The results replace the first planes.
fn convert_rows<const N: usize>(
    transform: &Transform,
    mut planes: [&mut Vec<u8>; N],
    numbers: impl Fn([u8; N]) -> [u8; 4],
) {
    /// Enough samples to amortise the preparation of a lookup, and few enough for the cache.
    const RUN: usize = 1024;
    let length = planes[0].len();
    let mut pixels = [[0_u16; 4]; RUN];
    for start in (0..length).step_by(RUN) {
        let count = RUN.min(length - start);
        for (i, pixel) in pixels.iter_mut().enumerate().take(count) {
            *pixel = numbers(std::array::from_fn(|plane| planes[plane][start + i])).map(u16::from);
        }
        transform.convert(
            count,
            |i| pixels[i],
            |i, color| planes.iter_mut().zip(color).for_each(|(plane, sample)| plane[start + i] = sample),
        );
    }
}
