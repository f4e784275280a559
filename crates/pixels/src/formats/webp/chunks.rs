//! The chunks of a WebP file (RIFF).

use jpeg::{Size, check_size};

use crate::base::error::Error;
use crate::base::format::Format;

/// Flags of the extended header, `VP8X`.
pub(crate) mod flags {
    pub(crate) const ANIMATION: u8 = 0x02;
    pub(crate) const XMP: u8 = 0x04;
    pub(crate) const EXIF: u8 = 0x08;
    pub(crate) const ALPHA: u8 = 0x10;
}

/// A chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RiffChunk<'a> {
    /// Type of the chunk.
    pub(crate) name: [u8; 4],
    /// Data of the chunk, without the byte that pads it to an even length.
    pub(crate) data: &'a [u8],
}

/// Whether a file begins like a WebP.
pub(super) fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

/// Returns the chunks of a file, up to the end of the data.
pub(crate) fn chunks(bytes: &[u8]) -> impl Iterator<Item = RiffChunk<'_>> {
    let declared = bytes.get(4..8).map_or(0, |length| u32::from_le_bytes([length[0], length[1], length[2], length[3]]));
    let end = (declared as usize).saturating_add(8).min(bytes.len());
    let mut rest = bytes.get(12..end).unwrap_or_default();
    std::iter::from_fn(move || {
        let (head, after) = rest.split_first_chunk::<8>()?;
        let [n0, n1, n2, n3, l0, l1, l2, l3] = *head;
        let length = u32::from_le_bytes([l0, l1, l2, l3]) as usize;
        let data = after.get(..length)?;
        rest = after.get(length + length % 2..).unwrap_or_default();
        Some(RiffChunk { name: [n0, n1, n2, n3], data })
    })
}

/// Returns the colour profile.
pub(crate) fn profile(bytes: &[u8]) -> Option<&[u8]> {
    chunks(bytes).find(|chunk| &chunk.name == b"ICCP").map(|chunk| chunk.data)
}

/// Properties of a WebP file that precede its pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WebpLayout<'a> {
    /// Size in pixels.
    pub(crate) size: Size,
    /// Whether pixels may be transparent.
    pub(crate) alpha: bool,
    /// Whether there is more than one frame.
    pub(crate) animated: bool,
    /// The Exif block.
    pub(crate) exif: Option<&'a [u8]>,
}

impl<'a> WebpLayout<'a> {
    /// Reads the headers.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut all = chunks(bytes);
        let Some(first) = all.next() else {
            // The chunk may be truncated although its header is complete.
            return Err(Error::Truncated(Format::WebP));
        };
        let mut layout = match &first.name {
            b"VP8X" => extended(first.data),
            b"VP8 " => lossy(first.data),
            b"VP8L" => lossless(first.data),
            _ => return Err(Error::corrupt(Format::WebP, "it does not begin with a picture")),
        }?;
        for chunk in all {
            if &chunk.name == b"EXIF" && layout.exif.is_none() {
                // Some programs keep the prefix of JPEG.
                layout.exif = Some(chunk.data.strip_prefix(b"Exif\0\0").unwrap_or(chunk.data));
            }
        }
        Ok(layout)
    }

    fn new(width: u32, height: u32, alpha: bool, animated: bool) -> Result<Self, Error> {
        Ok(Self { size: check_size(width, height)?, alpha, animated, exif: None })
    }
}

fn extended<'a>(data: &[u8]) -> Result<WebpLayout<'a>, Error> {
    let &[flags, _, _, _, w0, w1, w2, h0, h1, h2, ..] = data else { return Err(Error::Truncated(Format::WebP)) };
    let width = u32::from_le_bytes([w0, w1, w2, 0]) + 1;
    let height = u32::from_le_bytes([h0, h1, h2, 0]) + 1;
    WebpLayout::new(width, height, flags & flags::ALPHA != 0, flags & flags::ANIMATION != 0)
}

fn lossy<'a>(data: &[u8]) -> Result<WebpLayout<'a>, Error> {
    let &[_, _, _, 0x9D, 0x01, 0x2A, w0, w1, h0, h1, ..] = data else {
        return Err(Error::corrupt(Format::WebP, "the frame header is not one"));
    };
    let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
    WebpLayout::new(side(w0, w1), side(h0, h1), false, false)
}

fn lossless<'a>(data: &[u8]) -> Result<WebpLayout<'a>, Error> {
    let &[0x2F, b0, b1, b2, b3, ..] = data else {
        return Err(Error::corrupt(Format::WebP, "the frame header is not one"));
    };
    let bits = u32::from_le_bytes([b0, b1, b2, b3]);
    WebpLayout::new((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bits >> 28 & 1 == 1, false)
}
