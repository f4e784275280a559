//! Pictures over each other, on a canvas of one colour (ISO/IEC 23008-12, 6.6.2.2).
//!
//! In: the pictures, with their places and their opacity. Out: the canvas with all of them, in integers.

use jpeg::{Parallelism, Size};

use super::alpha::ItemAlpha;
use super::bands::each_band;
use super::items::ItemTables;
use super::structure::{ItemOverlay, ItemPicture, Layers};
use super::tag::colors_of;
use super::transforms::DisplayedPart;
use crate::base::error::Error;
use crate::formats::interleaved::{Alpha, Interleaved, Samples};
use crate::icc::Model;

/// Red, green, blue and opacity.
type Rgba = [u16; 4];

const MOST: u64 = u16::MAX as u64;

/// A decoded picture.
struct PaintedLayer {
    part: DisplayedPart,
    /// Width as stored.
    width: u32,
    pixels: Vec<Rgba>,
    premultiplied: bool,
}

/// Returns the canvas with all pictures. `alphas`: their opacity.
pub(super) fn composed(
    tables: &ItemTables<'_>,
    overlay: &ItemOverlay<'_>,
    alphas: &[Option<ItemAlpha<'_>>],
    size: Size,
    parallelism: &dyn Parallelism,
) -> Result<Interleaved, Error> {
    let mut canvas = reserved(size)?;
    canvas.resize(size.pixels() as usize, overlay.fill);
    for ((input, place), alpha) in overlay.inputs.iter().zip(alphas) {
        let layer = PaintedLayer::decoded(tables, input, alpha.as_ref(), parallelism)?;
        layer.paint(&mut canvas, size, *place);
    }
    let is_opaque = overlay.is_opaque();
    let channels = if is_opaque { 3 } else { 4 };
    let mut samples = Vec::new();
    samples.try_reserve_exact(channels * canvas.len()).map_err(|_| Error::TooMuchMemory)?;
    canvas.iter().for_each(|pixel| samples.extend(&pixel[..channels]));
    let alpha = if is_opaque { Alpha::None } else { Alpha::Straight };
    Ok(Interleaved { size, model: Model::Rgb, alpha, samples: Samples::Sixteen(samples) })
}

fn reserved(size: Size) -> Result<Vec<Rgba>, Error> {
    let mut pixels = Vec::new();
    pixels.try_reserve_exact(size.pixels() as usize).map_err(|_| Error::TooMuchMemory)?;
    Ok(pixels)
}

impl PaintedLayer {
    fn decoded(
        tables: &ItemTables<'_>,
        input: &ItemPicture<'_>,
        alpha: Option<&ItemAlpha<'_>>,
        parallelism: &dyn Parallelism,
    ) -> Result<Self, Error> {
        let mut pixels = reserved(input.size)?;
        if let Layers::One(raster) = &input.layers {
            let coding = colors_of(tables, &input.described).coding;
            each_band(raster, coding, alpha, parallelism, &mut |_, band| {
                pixels.extend(rgba(&band.interleaved()?));
                Ok(())
            })?;
        }
        let premultiplied = alpha.is_some_and(|alpha| alpha.premultiplied);
        Ok(Self { part: input.part, width: input.size.width, pixels, premultiplied })
    }

    /// Paints the picture over the canvas, with its corner at `place`.
    fn paint(&self, canvas: &mut [Rgba], size: Size, [left, top]: [i32; 2]) {
        let shown = self.part.orientation().apply(self.part.size);
        for y in visible(top, shown.height, size.height) {
            for x in visible(left, shown.width, size.width) {
                let [column, row] = self.part.stored(x, y);
                let over = self.pixels.get(row as usize * self.width as usize + column as usize);
                // The sums are not negative where the picture is visible.
                let at = (i64::from(y) + i64::from(top)) * i64::from(size.width) + i64::from(x) + i64::from(left);
                if let (Some(over), Some(under)) = (over, canvas.get_mut(at as usize)) {
                    *under = blended(*under, *over, self.premultiplied);
                }
            }
        }
    }
}

/// Returns the rows or columns of a picture that are on the canvas.
fn visible(start: i32, length: u32, canvas: u32) -> std::ops::Range<u32> {
    let inside = |at: i64| at.clamp(0, i64::from(length)) as u32;
    inside(-i64::from(start))..inside(i64::from(canvas) - i64::from(start))
}

/// Returns the pixels of a band.
fn rgba(band: &Interleaved) -> impl Iterator<Item = Rgba> {
    let (colors, alpha) = (if band.model == Model::Gray { 1 } else { 3 }, band.alpha != Alpha::None);
    let samples = match &band.samples {
        Samples::Sixteen(samples) => &samples[..],
        Samples::Eight(_) => &[],
    };
    samples.chunks_exact(colors + usize::from(alpha)).map(move |pixel| {
        let color = |number: usize| pixel[number.min(colors - 1)];
        [color(0), color(1), color(2), if alpha { pixel[colors] } else { u16::MAX }]
    })
}

/// Returns a pixel over another one. Unless `premultiplied`, colours are independent of opacity, as in the result.
fn blended(under: Rgba, over: Rgba, premultiplied: bool) -> Rgba {
    let opacity = u64::from(over[3]);
    if opacity == MOST {
        return over;
    }
    let rest = u64::from(under[3]) * (MOST - opacity) / MOST;
    let sum = opacity + rest;
    let color = |number: usize| {
        let weight = if premultiplied { MOST } else { opacity };
        let both = u64::from(over[number]) * weight + u64::from(under[number]) * rest;
        (both + sum / 2).checked_div(sum).unwrap_or(0).min(MOST) as u16
    };
    [color(0), color(1), color(2), sum.min(MOST) as u16]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opacity_decides_how_much_of_each_picture_is_seen() {
        let (red, blue) = ([65_535, 0, 0, 65_535], [0, 0, 65_535, 65_535]);
        assert_eq!(blended(red, blue, false), blue);
        assert_eq!(blended(red, [0, 0, 65_535, 0], false), red);
        assert_eq!(blended(red, [0, 0, 65_535, 32_768], false), [32_767, 0, 32_768, 65_535]);
        assert_eq!(blended(red, [0, 0, 32_768, 32_768], true), [32_767, 0, 32_768, 65_535]);
        assert_eq!(blended([0; 4], [9, 9, 9, 0], false), [0; 4]);
        assert_eq!(blended([0; 4], [500, 0, 0, 1000], false), [500, 0, 0, 1000]);
    }

    #[test]
    fn what_lies_beside_the_canvas_is_not_seen() {
        assert_eq!(visible(0, 10, 10), 0..10);
        assert_eq!(visible(-3, 10, 5), 3..8);
        assert_eq!(visible(8, 10, 10), 0..2);
        assert_eq!(visible(i32::MIN, 10, 10), 10..10);
        assert_eq!(visible(i32::MAX, 10, 10), 0..0);
    }
}
