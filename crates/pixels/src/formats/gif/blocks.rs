//! Walking over the blocks of a GIF file.

use jpeg::{Size, check_size};

use crate::base::error::Error;
use crate::base::format::Format;

/// A block after the logical screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GifBlock<'a> {
    /// What it is.
    pub(crate) kind: GifBlockKind,
    /// All of it.
    pub(crate) whole: &'a [u8],
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GifBlockKind {
    /// A frame.
    Image,
    /// How the next frame is shown.
    GraphicControl,
    /// A program's own data, such as how often to repeat.
    Application,
    /// Text for readers.
    Comment,
    /// Text drawn as a picture; no program does.
    PlainText,
    /// An extension of no known kind.
    Other,
    /// The end.
    Trailer,
}

/// Where the blocks begin: after the logical screen and the global palette.
pub(crate) fn first_block(bytes: &[u8]) -> Option<usize> {
    let flags = *bytes.get(10)?;
    let at = 13 + palette_length(flags);
    (at <= bytes.len()).then_some(at)
}

/// The blocks, up to the trailer or to where the data ends.
pub(crate) fn blocks(bytes: &[u8]) -> impl Iterator<Item = GifBlock<'_>> {
    let mut rest = first_block(bytes).map_or(&[][..], |at| &bytes[at..]);
    std::iter::from_fn(move || {
        let (kind, length) = match rest {
            [0x2C, ..] => (GifBlockKind::Image, sub_blocks(rest, 11 + palette_length(*rest.get(9)?))?),
            [0x21, label, ..] => (extension(*label), sub_blocks(rest, 2)?),
            [0x3B, ..] => (GifBlockKind::Trailer, 1),
            _ => return None,
        };
        let (whole, after) = rest.split_at(length);
        rest = if kind == GifBlockKind::Trailer { &[] } else { after };
        Some(GifBlock { kind, whole })
    })
}

/// Where the chain of sub-blocks that begins at `at` ends.
fn sub_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

fn palette_length(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn extension(label: u8) -> GifBlockKind {
    match label {
        0xF9 => GifBlockKind::GraphicControl,
        0xFF => GifBlockKind::Application,
        0xFE => GifBlockKind::Comment,
        0x01 => GifBlockKind::PlainText,
        _ => GifBlockKind::Other,
    }
}

/// A GIF file before its pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GifLayout {
    /// Size of the logical screen.
    pub(crate) size: Size,
    /// Size of the first frame, of which the part that lies on the screen is seen.
    pub(crate) frame: Size,
    /// Whether pixels of the first frame are transparent or left open by it.
    pub(crate) alpha: bool,
    /// Whether there is more than one frame.
    pub(crate) animated: bool,
}

impl GifLayout {
    /// Reads all blocks, without unpacking them.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let &[_, _, _, _, _, _, w0, w1, h0, h1, ..] = bytes else { return Err(Error::Truncated(Format::Gif)) };
        let size = check_size(u32::from(u16::from_le_bytes([w0, w1])), u32::from(u16::from_le_bytes([h0, h1])))?;
        let mut frames = 0;
        let mut frame = size;
        let mut alpha = false;
        for block in blocks(bytes) {
            match block.kind {
                GifBlockKind::GraphicControl if frames == 0 => {
                    alpha = block.whole.get(3).is_some_and(|flags| flags & 1 == 1)
                }
                GifBlockKind::Image => {
                    if frames == 0 {
                        let side = |at| u32::from(u16::from_le_bytes([block.whole[at], block.whole[at + 1]]));
                        alpha |= side(1) > 0 || side(3) > 0 || side(5) < size.width || side(7) < size.height;
                        frame = check_size(side(5), side(7))?;
                    }
                    frames += 1;
                }
                _ => {}
            }
        }
        if frames == 0 {
            Err(Error::Truncated(Format::Gif))
        } else {
            Ok(Self { size, frame, alpha, animated: frames > 1 })
        }
    }
}
