//! From the bytes of a JPEG XL file to pixels.

use jpeg::zeroed;
use jxl::api::{Event, JxlDataFormat, JxlOutputBuffer};

use super::budget::Budget;
use super::opened::{OpenedJxl, error, open};
use super::tag::tag;
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::formats::interleaved::{Alpha, Interleaved, Samples};
use crate::icc::Model;

/// Decodes the picture, or the first frame of an animation.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    pixels(bytes)?.into_decoded(tag(bytes), wanted.colors)
}

fn pixels(bytes: &[u8]) -> Result<Interleaved, Error> {
    let OpenedJxl { mut decoder, mut rest, size, alpha, gray, format, .. } = open(bytes)?;
    let channels = if gray { 1 } else { 3 } + usize::from(alpha);
    let row = size.width as usize * channels * format.bytes_per_sample();
    let height = size.height as usize;
    let length = row * height;
    // The decoder requires 16-bit samples at even addresses.
    let mut pixels = zeroed(length + 1, 1)?;
    let start = pixels.as_ptr().addr() % 2;
    let mut budget = Budget::of(size);
    loop {
        let mut buffers = [JxlOutputBuffer::new(&mut pixels[start..start + length], height, row)];
        let event = decoder.process(&mut rest, Some(&mut buffers), Some(&mut budget));
        if budget.is_spent {
            return Err(Error::unsupported(Format::Jxl, "far more frames than a picture needs"));
        }
        match event.map_err(error)? {
            Event::FrameComplete { .. } => break,
            Event::FrameHeader | Event::BasicInfo => {}
            Event::NeedMoreInput { .. } | Event::Complete => return Err(Error::Truncated(Format::Jxl)),
        }
    }
    drop(decoder);
    let samples = match format {
        JxlDataFormat::U8 { .. } => {
            pixels.copy_within(start..start + length, 0);
            pixels.truncate(length);
            Samples::Eight(pixels)
        }
        _ => {
            let numbers = pixels[start..start + length].as_chunks().0.iter();
            Samples::Sixteen(numbers.map(|sample| u16::from_ne_bytes(*sample)).collect())
        }
    };
    let model = if gray { Model::Gray } else { Model::Rgb };
    let alpha = if alpha { Alpha::Straight } else { Alpha::None };
    Ok(Interleaved { size, model, alpha, samples })
}
