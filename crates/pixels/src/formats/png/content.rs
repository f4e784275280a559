//! Tells photographs from drawings by their pixels, one band of rows after the other.
//!
//! In: the bytes of a PNG. Out: [`PngContent`]. It must not know what follows from it. The rule is in `docs/decisions/0018-png-photographs.md`.

use std::io::Cursor;

use png::{Decoder, Limits, Reader, Transformations};

use super::blocks::{Blocks, SIDE};
use crate::base::png_content::PngContent;

/// Memory that the decoder may use, in bytes.
const MEMORY: usize = 64 << 20;
/// About the number of bands that are judged; others are only searched for transparency.
const BANDS: usize = 128;

/// Returns what a picture shows. A picture that cannot be decoded counts as a drawing.
pub(super) fn content(bytes: &[u8]) -> PngContent {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MEMORY });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.read_info().ok().and_then(judge).unwrap_or(PngContent::Drawing)
}

fn judge(mut reader: Reader<Cursor<&[u8]>>) -> Option<PngContent> {
    let (color, _) = reader.output_color_type();
    let (width, height) = (reader.info().width, reader.info().height as usize);
    let line = reader.output_line_size(width)?;
    let channels = color.samples();
    let colors = if channels < 3 { 1 } else { 3 };
    let step = (height / SIDE).div_ceil(BANDS).max(1);
    let (mut band, mut before, mut rows, mut blocks) = (Vec::new(), Vec::new(), 0, Blocks::default());
    while let Some(row) = reader.next_interlaced_row().ok()? {
        let row = row.data();
        if channels > colors && row.iter().skip(colors).step_by(channels).any(|alpha| *alpha != u8::MAX) {
            return Some(PngContent::Transparent);
        }
        // The earlier passes of an interlaced picture have fewer columns.
        if row.len() != line {
            continue;
        }
        let (at, number) = (rows % SIDE, rows / SIDE);
        rows += 1;
        if number % step == 0 {
            if at == 0 {
                // The first row of the picture has none above.
                band.clear();
                band.extend_from_slice(if rows == 1 { row } else { &before });
            }
            band.extend_from_slice(row);
            if at == SIDE - 1 {
                blocks.add(&band, line, channels, colors);
            }
        }
        if at == SIDE - 1 {
            before.clear();
            before.extend_from_slice(row);
        }
    }
    Some(if blocks.are_natural() { PngContent::Photograph } else { PngContent::Drawing })
}

#[cfg(test)]
mod tests {
    use super::*;
    use png::{BitDepth, ColorType, Encoder};

    /// A first row of each band that counted as its own upper row would make these blocks drawn: 80 of their pixels repeat the left one.
    #[test]
    fn the_row_above_a_band_is_that_of_the_band_before() {
        let noise = |x: usize, y: usize| {
            let mixed = (x as u32).wrapping_mul(2_654_435_761) ^ (y as u32).wrapping_mul(2_246_822_519);
            (mixed.wrapping_mul(2_654_435_761) >> 13) as u8 % 61 + 90
        };
        let pixel = |x: usize, y: usize| noise(if x % 16 % 3 == 1 { x - 1 } else { x }, y);
        let pixels: Vec<u8> = (0..80).flat_map(|y| (0..64).map(move |x| pixel(x, y))).collect();
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 64, 80);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::Eight);
        encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).expect("a PNG");
        assert_eq!(content(&bytes), PngContent::Photograph);
    }
}
