//! The segments before the first scan: size, components, coding process, and the blocks of metadata.

use crate::check::check_size;
use crate::error::Error;
use crate::markers::{self, APP0, APP1, APP2, APP14, DNL, EOI, SOI, SOS};
use crate::size::Size;

/// Properties of a file that are known before its pixels are decoded.
#[derive(Debug, Clone)]
pub struct Header<'a> {
    /// Size as stored, in pixels.
    pub size: Size,
    /// Whether the file is progressive.
    pub progressive: bool,
    /// Bits of a sample, 8 or 12.
    pub precision: u8,
    /// The components, in the order of the frame header.
    pub components: Vec<ComponentHeader>,
    /// Meaning of the components.
    pub color: ColorModel,
    /// The first Exif block, without the prefix `Exif\0\0`.
    pub exif: Option<&'a [u8]>,
    /// The ICC profile, assembled from its segments; empty if some are missing.
    pub icc: Option<Vec<u8>>,
}

/// A component in the frame header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComponentHeader {
    /// The identifier by which scans refer to the component.
    pub id: u8,
    /// Horizontal sampling factor, 1 to 4.
    pub horizontal: u8,
    /// Vertical sampling factor, 1 to 4.
    pub vertical: u8,
    /// The number of the quantization table.
    pub table: u8,
}

/// The meaning of the components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorModel {
    /// One component, from black to white.
    Gray,
    /// Y', Cb and Cr, as in JFIF: BT.601, full range.
    YCbCr,
    /// Red, green and blue, not transformed.
    Rgb,
    /// Four inks; 255 is no ink, as in Adobe's files.
    Cmyk,
    /// Four inks, of which the first three are transformed to Y'CbCr as if they were red, green and blue.
    Ycck,
}

impl ColorModel {
    /// Whether a component, by its number, is Cb or Cr.
    #[must_use]
    pub fn is_chroma(self, component: usize) -> bool {
        self == Self::YCbCr && (component == 1 || component == 2)
    }
}

impl<'a> Header<'a> {
    /// Reads a file up to its first scan; nothing is decoded.
    ///
    /// # Errors
    /// If this is not a JPEG, a kind of JPEG that is not supported, or a picture beyond the [limits](crate::limits).
    pub fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut frame = None;
        let mut exif = None;
        let mut jfif = false;
        let mut adobe = None;
        let mut profile = ProfileParts::default();
        for segment in markers::segments(bytes) {
            let payload = segment.payload;
            match segment.marker {
                SOI => {}
                APP0 => jfif |= payload.starts_with(b"JFIF\0"),
                APP1 if exif.is_none() => exif = payload.strip_prefix(b"Exif\0").and_then(|rest| rest.get(1..)),
                APP2 => profile.add(payload),
                APP14 if payload.starts_with(b"Adobe") => adobe = payload.get(11).copied(),
                // Start of frame. DHT, JPG and DAC have codes in the same range.
                0xC0..=0xCF if frame.is_none() && !matches!(segment.marker, 0xC4 | 0xC8 | 0xCC) => {
                    frame = Some(FrameHeader::read(segment.marker, payload)?);
                }
                SOS => {
                    let Some(frame) = frame else {
                        return Err(Error::corrupt("a scan stands before the frame header"));
                    };
                    let color = color_model(&frame.components, jfif, adobe)?;
                    let size = match frame.size {
                        Some(size) => size,
                        // The height follows the first scan (T.81, B.2.5).
                        None => frame.size_with(number_of_lines(bytes)?)?,
                    };
                    return Ok(Self {
                        size,
                        progressive: frame.progressive,
                        precision: frame.precision,
                        components: frame.components,
                        color,
                        exif,
                        icc: profile.assemble(),
                    });
                }
                EOI => break,
                _ => {}
            }
        }
        Err(Error::Truncated)
    }

    /// Returns the number of samples of all components together, each padded to whole minimum coded units.
    #[must_use]
    pub fn samples(&self) -> u64 {
        let max = |factor: fn(&ComponentHeader) -> u8| self.components.iter().map(factor).max().unwrap_or(1);
        let (horizontal, vertical) = (u32::from(max(|c| c.horizontal)), u32::from(max(|c| c.vertical)));
        let columns = u64::from(self.size.width.div_ceil(8 * horizontal));
        let rows = u64::from(self.size.height.div_ceil(8 * vertical));
        let blocks: u64 = self.components.iter().map(|c| u64::from(c.horizontal) * u64::from(c.vertical)).sum();
        64 * columns * rows * blocks
    }
}

struct FrameHeader {
    /// `None` if the height is 0.
    size: Option<Size>,
    width: u16,
    progressive: bool,
    precision: u8,
    components: Vec<ComponentHeader>,
}

impl FrameHeader {
    fn read(marker: u8, payload: &[u8]) -> Result<Self, Error> {
        let progressive = match marker {
            0xC0 | 0xC1 => false,
            0xC2 => true,
            0xC9 | 0xCA => return Err(Error::unsupported("arithmetic coding")),
            0xC3 | 0xCB => return Err(Error::unsupported("lossless coding")),
            _ => return Err(Error::unsupported("hierarchical coding")),
        };
        let &[precision, h1, h0, w1, w0, count, ref rest @ ..] = payload else {
            return Err(Error::corrupt("the frame header is too short"));
        };
        if !matches!(precision, 8 | 12) {
            return Err(Error::unsupported(format_args!("{precision} bits per sample")));
        }
        let width = u16::from_be_bytes([w1, w0]);
        let height = u16::from_be_bytes([h1, h0]);
        let size = match height {
            0 => None,
            _ => Some(check_size(u32::from(width), u32::from(height))?),
        };
        let components: Vec<ComponentHeader> = rest
            .chunks_exact(3)
            .take(usize::from(count))
            .map(|raw| ComponentHeader { id: raw[0], horizontal: raw[1] >> 4, vertical: raw[1] & 15, table: raw[2] })
            .collect();
        if components.len() != usize::from(count) || components.is_empty() {
            return Err(Error::corrupt("the frame header is too short"));
        }
        let factor = |factor: u8| (1..=4).contains(&factor);
        if !components.iter().all(|component| factor(component.horizontal) && factor(component.vertical)) {
            return Err(Error::corrupt("a sampling factor is not 1 to 4"));
        }
        Ok(Self { size, width, progressive, precision, components })
    }

    fn size_with(&self, height: u16) -> Result<Size, Error> {
        check_size(u32::from(self.width), u32::from(height))
    }
}

/// Returns the height from the DNL segment after the first scan.
fn number_of_lines(bytes: &[u8]) -> Result<u16, Error> {
    let mut segments = markers::segments(bytes).skip_while(|segment| segment.marker != SOS).skip(1);
    let lines =
        segments.next().filter(|segment| segment.marker == DNL).and_then(|segment| segment.payload.first_chunk());
    lines.map(|lines| u16::from_be_bytes(*lines)).ok_or_else(|| Error::corrupt("it does not tell its height"))
}

/// Returns the meaning of the components, by the rules of libjpeg.
fn color_model(components: &[ComponentHeader], jfif: bool, adobe: Option<u8>) -> Result<ColorModel, Error> {
    match *components {
        [_] => Ok(ColorModel::Gray),
        [a, b, c] => Ok(match adobe {
            _ if jfif => ColorModel::YCbCr,
            Some(0) => ColorModel::Rgb,
            Some(_) => ColorModel::YCbCr,
            None if [a.id, b.id, c.id] == *b"RGB" => ColorModel::Rgb,
            None => ColorModel::YCbCr,
        }),
        [_, _, _, _] if adobe == Some(2) => Ok(ColorModel::Ycck),
        [_, _, _, _] => Ok(ColorModel::Cmyk),
        _ => Err(Error::unsupported(format_args!("{} components", components.len()))),
    }
}

/// A colour profile that is being assembled from numbered segments of at most 64 KiB.
#[derive(Default)]
struct ProfileParts<'a> {
    parts: Vec<(u8, u8, &'a [u8])>,
}

impl<'a> ProfileParts<'a> {
    fn add(&mut self, payload: &'a [u8]) {
        if let Some(&[number, count, ref data @ ..]) = payload.strip_prefix(b"ICC_PROFILE\0") {
            self.parts.push((number, count, data));
        }
    }

    /// Returns the profile, however its segments are numbered: some programs count from 0, or number every segment 1. Half a profile is
    /// worse than none: an incomplete one becomes empty, and is refused when it is read.
    fn assemble(mut self) -> Option<Vec<u8>> {
        let &(_, count, first) = self.parts.first()?;
        let distinct = self.parts.iter().any(|part| part.0 != self.parts[0].0);
        if distinct {
            self.parts.sort_by_key(|part| part.0);
            self.parts.dedup_by_key(|part| part.0);
        } else if self.parts.iter().all(|part| part.2 == first) {
            self.parts.truncate(1);
        }
        let whole: Vec<u8> = self.parts.iter().flat_map(|part| part.2).copied().collect();
        let gap = self.parts.windows(2).any(|pair| distinct && pair[0].0.abs_diff(pair[1].0) != 1);
        let declared = whole.first_chunk().map(|length| u32::from_be_bytes(*length) as usize);
        let complete = self.parts.len() == usize::from(count) || declared.is_some_and(|length| length <= whole.len());
        Some(if complete && !gap && self.parts[0].0 <= 1 { whole } else { Vec::new() })
    }
}
