//! The colours that are shown until a photo has loaded.

use jpeg::{Orientation, Plane, Size};

use crate::base::color::{divide, multiply, rgb_of_ycbcr};
use crate::base::picture::{Color, Picture};
use crate::base::recipe::{Background, Placeholder, halvings};
use crate::icc::{Model, Profile, Transform};

/// Returns how often a picture is halved before its colours are averaged, so that its thirds remain distinct.
pub(crate) fn level(source: Size) -> u8 {
    halvings(source, Size { width: 16, height: 16 }, |_| (2, 1))
}

/// Returns the mean colours of the top, middle and bottom third after turning, over a background, in sRGB.
pub(crate) fn placeholder(
    picture: &Picture,
    turn: Orientation,
    Background(background): Background,
    profile: Option<&[u8]>,
) -> Placeholder {
    let model = if picture.color == Color::Gray { Model::Gray } else { Model::Rgb };
    let transform = profile
        .and_then(|profile| Profile::read(profile, model))
        .map(|profile| Transform::to_srgb(&profile, u16::from(u8::MAX)));
    Placeholder(std::array::from_fn(|band| {
        let means: Vec<u8> = picture.planes.iter().map(|plane| mean(plane, band, turn)).collect();
        let (alpha, colors) = match means.split_last() {
            Some((alpha, colors)) if picture.alpha => (*alpha, colors),
            _ => (255, &means[..]),
        };
        let rgb = match (picture.color, colors) {
            (Color::Gray, &[gray, ..]) => [gray; 3],
            (Color::Rgb, &[r, g, b, ..]) => [r, g, b],
            (Color::YCbCr, &[y, cb, cr, ..]) => rgb_of_ycbcr(y, cb, cr),
            _ => [255; 3],
        };
        let mut rgb = rgb;
        if let Some(transform) = &transform {
            let [r, g, b] = rgb.map(|color| u16::from(divide(color, alpha)));
            transform.convert(1, |_| [r, g, b, 0], |_, color| rgb = color.map(|color| multiply(color, alpha)));
        }
        // The colours are premultiplied with alpha, and so are their means.
        [0, 1, 2].map(|channel: usize| rgb[channel].saturating_add(multiply(background[channel], 255 - alpha)))
    }))
}

/// Returns the mean of a third of a plane: of its rows, or of its columns if turning makes them rows.
fn mean(plane: &Plane, band: usize, turn: Orientation) -> u8 {
    let backwards = if turn.swaps_sides() { turn.mirrors_rows() } else { turn.mirrors_columns() };
    let band = if backwards { 2 - band } else { band };
    let third = |length: usize| {
        let start = (band * length / 3).min(length - 1);
        start..((band + 1) * length / 3).max(start + 1)
    };
    let (rows, columns) =
        if turn.swaps_sides() { (0..plane.height, third(plane.width)) } else { (third(plane.height), 0..plane.width) };
    let count = (rows.len() * columns.len()) as u64;
    let sum: u64 =
        rows.map(|y| plane.row(y)[columns.clone()].iter().map(|sample| u64::from(*sample)).sum::<u64>()).sum();
    ((sum + count / 2) / count) as u8
}
