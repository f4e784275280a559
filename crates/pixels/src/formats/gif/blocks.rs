//! The blocks of a GIF file.

use jpeg::{Size, check_size};

use crate::base::error::Error;
use crate::base::format::Format;

/// A block after the logical screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GifBlock<'a> {
    /// Kind of the block.
    pub(crate) kind: GifBlockKind,
    /// All bytes of the block.
    pub(crate) whole: &'a [u8],
}

/// Kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GifBlockKind {
    /// A frame, with its pixels.
    Image,
    /// Parameters for showing the next frame.
    GraphicControl,
    /// Application data, such as the number of repetitions.
    Application,
    /// Text for readers of the file.
    Comment,
    /// Text to be drawn on the picture, which no program does.
    PlainText,
    /// An extension of an unknown kind.
    Other,
    /// The end of the file.
    Trailer,
}

/// Returns the position of the first block: after the logical screen and the global palette.
pub(crate) fn first_block(bytes: &[u8]) -> Option<usize> {
    let flags = *bytes.get(10)?;
    let at = 13 + palette_length(flags);
    (at <= bytes.len()).then_some(at)
}

/// Returns the blocks, up to the trailer or to the end of the data.
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

/// Returns the end of the chain of sub-blocks that begins at `at`.
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

/// Properties of a GIF file that precede its pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GifLayout {
    /// Size of the logical screen, which grows to contain the first frame, as in browsers.
    pub(crate) size: Size,
    /// Size of the first frame.
    pub(crate) frame: Size,
    /// Whether the screen has grown.
    pub(crate) grown: bool,
    /// Whether pixels of the first frame are transparent, or not covered by it.
    pub(crate) alpha: bool,
    /// Whether there is more than one frame.
    pub(crate) animated: bool,
}

impl GifLayout {
    /// Reads all blocks, without unpacking them.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let &[_, _, _, _, _, _, w0, w1, h0, h1, ..] = bytes else { return Err(Error::Truncated(Format::Gif)) };
        let screen = Size { width: u16::from_le_bytes([w0, w1]).into(), height: u16::from_le_bytes([h0, h1]).into() };
        let (mut size, mut frame, mut frames) = (screen, screen, 0);
        let mut alpha = false;
        for block in blocks(bytes) {
            match block.kind {
                GifBlockKind::GraphicControl if frames == 0 => {
                    alpha = block.whole.get(3).is_some_and(|flags| flags & 1 == 1)
                }
                GifBlockKind::Image => {
                    if frames == 0 {
                        let side = |at| u32::from(u16::from_le_bytes([block.whole[at], block.whole[at + 1]]));
                        frame = check_size(side(5), side(7))?;
                        size.width = size.width.max(side(1) + frame.width);
                        size.height = size.height.max(side(3) + frame.height);
                        alpha |= frame != size;
                    }
                    frames += 1;
                }
                _ => {}
            }
        }
        if frames == 0 {
            Err(Error::Truncated(Format::Gif))
        } else {
            let size = check_size(size.width, size.height)?;
            Ok(Self { size, frame, grown: size != screen, alpha, animated: frames > 1 })
        }
    }
}
