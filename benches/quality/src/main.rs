//! Quality of JPEG files compared with their original, by SSIMULACRA2: one line of output for each file.
//!
//! In: lines of tab-separated fields on standard input. The first field is a PNG, each other one a JPEG of the same size, or
//! the parameters with which cimaise encodes the PNG, as in `balanced:75` or `balanced:75:full` (the chroma). Out: both fields, bytes, and
//! the score.

use std::error::Error;

use fast_ssim2::{PixelDescriptor, PixelSlice, Ssimulacra2Reference};
use pixels::{Background, Chroma, Colors, Effort, Encode, Encoding, Metadata, Orientation, Recipe, read_header, render};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

fn main() -> Result<(), Box<dyn Error>> {
    for line in std::io::stdin().lines() {
        let line = line?;
        let mut fields = line.split('\t');
        let path = fields.next().unwrap_or_default();
        let png = std::fs::read(path)?;
        let pixels = image::load_from_memory(&png)?.to_rgb8();
        let (width, height) = pixels.dimensions();
        let reference = Ssimulacra2Reference::new(&slice(&pixels, width, height)?)?;
        for field in fields {
            let jpeg = match field.split_once(':') {
                Some((effort, rest)) => {
                    let (quality, chroma) = rest.split_once(':').unwrap_or((rest, "auto"));
                    encode(&png, effort, quality.parse()?, chroma)?
                }
                None => std::fs::read(field)?,
            };
            let score = reference.compare(&slice(&decode(&jpeg)?, width, height)?)?;
            println!("{path}\t{field}\t{}\t{score:.4}", jpeg.len());
        }
    }
    Ok(())
}

fn slice(rgb: &[u8], width: u32, height: u32) -> Result<PixelSlice<'_>, Box<dyn Error>> {
    Ok(PixelSlice::new(rgb, width, height, width as usize * 3, PixelDescriptor::RGB8_SRGB)?)
}

/// Encodes a PNG as a build does, at its own size.
fn encode(png: &[u8], effort: &str, quality: u8, chroma: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let effort = match effort {
        "fast" => Effort::Fast,
        "balanced" => Effort::Balanced,
        "small" => Effort::Small,
        _ => return Err(format!("no effort is called {effort}").into()),
    };
    let chroma = match chroma {
        "auto" => Chroma::Auto,
        "full" => Chroma::Full,
        "half" => Chroma::Half,
        _ => return Err(format!("no chroma is called {chroma}").into()),
    };
    let header = read_header(png)?;
    let recipe = Recipe::Encode(Encode {
        size: header.stored,
        halvings: 0,
        turn: Orientation::UPRIGHT,
        encoding: Encoding::Jpeg { quality, progressive: true, effort, chroma },
        metadata: Metadata::None,
        colors: Colors::Keep,
        background: Background::WHITE,
    });
    Ok(render(png, &header, &[recipe])?.remove(0))
}

fn decode(jpeg: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
    JpegDecoder::new_with_options(ZCursor::new(jpeg), options).decode().map_err(|error| format!("{error:?}").into())
}
