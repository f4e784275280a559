//! The chunks of a PNG file.

use jpeg::{Size, check_size};

use crate::base::error::Error;
use crate::base::format::Format;

/// First bytes of every PNG.
pub(crate) const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1A\n";

/// A chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PngChunk<'a> {
    /// Type of the chunk.
    pub(crate) name: [u8; 4],
    /// Data of the chunk.
    pub(crate) data: &'a [u8],
    /// All bytes of the chunk, with length and checksum.
    pub(crate) whole: &'a [u8],
}

/// Returns the chunks of a file, up to `IEND` or to the end of the data.
pub(crate) fn chunks(bytes: &[u8]) -> impl Iterator<Item = PngChunk<'_>> {
    let mut rest = bytes.strip_prefix(SIGNATURE).unwrap_or_default();
    std::iter::from_fn(move || {
        let (length, _) = rest.split_first_chunk::<4>()?;
        let length = u32::from_be_bytes(*length) as usize;
        let (whole, after) = rest.split_at_checked(length.checked_add(12)?)?;
        let name = [whole[4], whole[5], whole[6], whole[7]];
        rest = if name == *b"IEND" { &[] } else { after };
        Some(PngChunk { name, data: &whole[8..8 + length], whole })
    })
}

/// Properties of a PNG file that precede its pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PngLayout<'a> {
    /// Size in pixels.
    pub(crate) size: Size,
    /// Whether pixels may be transparent.
    pub(crate) alpha: bool,
    /// Whether there is more than one frame.
    pub(crate) animated: bool,
    /// Whether the pixels are gray.
    pub(crate) gray: bool,
    /// Number of bits of a sample.
    pub(crate) depth: u8,
    /// The Exif block.
    pub(crate) exif: Option<&'a [u8]>,
}

impl<'a> PngLayout<'a> {
    /// Reads all chunks except those with pixels.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut chunks = chunks(bytes);
        let Some(first) = chunks.next() else { return Err(Error::Truncated(Format::Png)) };
        let (b"IHDR", &[w3, w2, w1, w0, h3, h2, h1, h0, depth, color, ..]) = (&first.name, first.data) else {
            return Err(Error::corrupt(Format::Png, "it does not begin with a header"));
        };
        let size = check_size(u32::from_be_bytes([w3, w2, w1, w0]), u32::from_be_bytes([h3, h2, h1, h0]))?;
        let mut layout = Self { size, alpha: color & 4 != 0, animated: false, gray: color & 3 == 0, depth, exif: None };
        let mut pixels = false;
        for chunk in chunks {
            match &chunk.name {
                b"IDAT" => pixels = true,
                b"tRNS" if !pixels => layout.alpha = true,
                b"acTL" if !pixels => {
                    layout.animated = chunk.data.get(..4).is_some_and(|frames| frames > &[0, 0, 0, 1])
                }
                b"eXIf" if layout.exif.is_none() => layout.exif = Some(chunk.data),
                _ => {}
            }
        }
        if pixels { Ok(layout) } else { Err(Error::Truncated(Format::Png)) }
    }
}
