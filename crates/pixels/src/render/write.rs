//! Encoding of a placed picture.

use std::borrow::Cow;

use jpeg::{Coding, Density, Encoder, Plane};

use super::chroma;
use super::source::Source;
use crate::base::color::{chroma_of_sums, luma, multiply, rgb_of_ycbcr};
use crate::base::error::Error;
use crate::base::picture::{Color, Picture};
use crate::base::recipe::{Background, Chroma, Encode, Encoding};
use crate::formats::jpeg::attached::attached;
use crate::formats::png;

/// Encodes a placed picture; `None` if its chroma is halved, but should not be. An owned picture is dropped as soon as possible.
pub(super) fn encode(
    placed: Cow<'_, Picture>,
    recipe: &Encode,
    source: &Source,
    encoder: &mut Encoder,
) -> Result<Option<Vec<u8>>, Error> {
    let profile = source.profile.as_deref();
    let kept = &source.kept[&recipe.metadata];
    match recipe.encoding {
        Encoding::Jpeg { quality, progressive, effort, chroma } => {
            let coding = Coding { quality, progressive, effort };
            let bytes = match (placed.color, placed.alpha) {
                (Color::Gray | Color::YCbCr, false) => {
                    if chroma == Chroma::Auto && chroma::is_lossy(&placed.planes) {
                        return Ok(None);
                    }
                    let planes = match placed {
                        Cow::Borrowed(placed) => Cow::Borrowed(&placed.planes[..]),
                        Cow::Owned(placed) => Cow::Owned(placed.planes),
                    };
                    attached(profile, kept, |attachments| encoder.encode(planes, coding, attachments))
                }
                _ => {
                    let planes = opaque_ycbcr(&placed, recipe.background, chroma)?;
                    drop(placed);
                    attached(profile, kept, |attachments| encoder.encode(Cow::Owned(planes), coding, attachments))
                }
            };
            bytes.map(Some)
        }
        Encoding::Png => match placed.color {
            Color::Gray | Color::Rgb => png::encode::encode(&placed.planes, placed.alpha, profile, kept).map(Some),
            _ => png::encode::encode(&rgb_planes(&placed)?, false, profile, kept).map(Some),
        },
    }
}

/// Converts a picture in any model to gray or Y'CbCr, over a background. Gray over a colour is no longer gray.
fn opaque_ycbcr(picture: &Picture, Background(background): Background, chroma: Chroma) -> Result<Vec<Plane>, Error> {
    let mut planes = rgb_planes(picture)?;
    if picture.alpha
        && let Some(alpha) = planes.pop()
    {
        let gray = background.iter().all(|channel| *channel == background[0]);
        if let ([plane], false) = (&planes[..], gray) {
            planes = vec![plane.clone(), plane.clone(), plane.clone()];
        }
        for (plane, behind) in planes.iter_mut().zip(background) {
            let pairs = plane.samples.iter_mut().zip(&alpha.samples);
            pairs.for_each(|(color, alpha)| *color = color.saturating_add(multiply(behind, 255 - alpha)));
        }
    }
    match &planes[..] {
        [r, g, b] => ycbcr_planes([r, g, b], chroma),
        _ => Ok(planes),
    }
}

/// Returns Y'CbCr from red, green and blue.
fn ycbcr_planes(rgb: [&Plane; 3], chroma: Chroma) -> Result<Vec<Plane>, Error> {
    let [r, g, b] = rgb;
    let mut y = Plane::new(r.width, r.height, [Density::FULL; 2])?;
    for (i, sample) in y.samples.iter_mut().enumerate() {
        *sample = luma(r.samples[i], g.samples[i], b.samples[i]);
    }
    let full = |y| full_chroma(rgb).map(|[cb, cr]| vec![y, cb, cr]);
    if chroma == Chroma::Full {
        return full(y);
    }
    let [cb, cr] = half_chroma(rgb)?;
    let planes = [y, cb, cr];
    if chroma == Chroma::Auto && chroma::is_lossy(&planes) {
        let [y, ..] = planes;
        return full(y);
    }
    Ok(Vec::from(planes))
}

/// Returns Cb and Cr of each pixel.
fn full_chroma([r, g, b]: [&Plane; 3]) -> Result<[Plane; 2], Error> {
    let mut cb = Plane::new(r.width, r.height, [Density::FULL; 2])?;
    let mut cr = cb.clone();
    for (i, (blue, red)) in cb.samples.iter_mut().zip(&mut cr.samples).enumerate() {
        let [r, g, b] = [r, g, b].map(|plane| u32::from(plane.samples[i]));
        [*blue, *red] = chroma_of_sums(r, g, b, 0);
    }
    Ok([cb, cr])
}

/// Returns Cb and Cr of half the size; each sample is the mean of 2×2.
fn half_chroma([r, g, b]: [&Plane; 3]) -> Result<[Plane; 2], Error> {
    let (width, height) = (r.width, r.height);
    let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
    let mut cb = Plane::new(half_width, half_height, [Density::FULL; 2])?;
    let mut cr = cb.clone();
    for row in 0..half_height {
        let rows = [2 * row, (2 * row + 1).min(height - 1)];
        for column in 0..half_width {
            let columns = [2 * column, (2 * column + 1).min(width - 1)];
            let sum = |plane: &Plane| -> u32 {
                rows.iter().flat_map(|y| columns.map(|x| u32::from(plane.samples[y * width + x]))).sum()
            };
            let [blue, red] = chroma_of_sums(sum(r), sum(g), sum(b), 2);
            cb.samples[row * half_width + column] = blue;
            cr.samples[row * half_width + column] = red;
        }
    }
    Ok([cb, cr])
}

/// Returns gray or red, green, blue, and alpha if there is any, of a picture whose planes all have the same size.
fn rgb_planes(picture: &Picture) -> Result<Vec<Plane>, Error> {
    let mut planes = picture.planes.clone();
    if let (Color::YCbCr, [y, cb, cr, ..]) = (picture.color, &mut planes[..]) {
        for ((y, cb), cr) in y.samples.iter_mut().zip(&mut cb.samples).zip(&mut cr.samples) {
            [*y, *cb, *cr] = rgb_of_ycbcr(*y, *cb, *cr);
        }
    }
    Ok(planes)
}
