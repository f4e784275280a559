//! Excerpts of long files: the file without its pixels.
//!
//! In: a reader. Out: bytes in which [`leaks`](fn@crate::leaks) finds the same as in the whole file. Formats whose blocks are found by
//! their offset from the beginning cannot be cut.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use jpeg::markers::{EOI, has_length};

use crate::formats::gif::carriers::MAGIC as GIF;
use crate::formats::png::chunks::SIGNATURE;
use crate::formats::raw::raf::MAGIC as RAF;
use crate::metadata::tiff::Tiff;

/// Limit on the boxes or chunks; real files have fewer.
const MOST_PARTS: usize = 100_000;

/// Number of bytes at the beginning of a file that identify a format with metadata.
pub const HEAD: usize = 16;

/// Whether the format of a file that begins like this can contain metadata.
#[must_use]
pub fn carries_metadata(head: &[u8]) -> bool {
    Cut::of(head).is_some()
}

/// The formats, by the way of cutting them.
enum Cut {
    Jpeg,
    Png,
    WebP,
    Boxes,
    /// The whole file, uncut.
    Whole,
}

impl Cut {
    fn of(head: &[u8]) -> Option<Self> {
        Some(match head {
            [0xFF, 0xD8, 0xFF, ..] => Self::Jpeg,
            _ if head.starts_with(SIGNATURE) => Self::Png,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::WebP,
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Self::Boxes,
            _ if head.starts_with(b"\0\0\0\x0CJXL ") => Self::Boxes,
            _ if head.starts_with(GIF) || head.starts_with(RAF) || Tiff::parse(head).is_some() => Self::Whole,
            _ => return None,
        })
    }
}

/// Returns an excerpt of a file, at most `most` bytes; `None` if the whole file is needed.
///
/// # Errors
/// If the file cannot be read.
pub fn excerpt(mut file: impl Read + Seek, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::with_capacity(HEAD);
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    let mut kept = Excerpt { bytes: Vec::new(), most };
    match Cut::of(&head) {
        Some(Cut::Jpeg) => jpeg(BufReader::new(file), &mut kept)?,
        Some(Cut::Png) => parts(&mut file, 8, png_chunk, &mut kept)?,
        Some(Cut::WebP) => parts(&mut file, 12, webp_chunk, &mut kept)?,
        // The metadata of a picture may be among its pixels.
        Some(Cut::Boxes) if has_items(&mut file)? => return Ok(None),
        Some(Cut::Boxes) => parts(&mut file, 0, iso_box, &mut kept)?,
        Some(Cut::Whole) => return Ok(None),
        None => {}
    }
    Ok(Some(kept.bytes))
}

struct Excerpt {
    bytes: Vec<u8>,
    most: u64,
}

impl Excerpt {
    /// Keeps the next `len` bytes, or fewer. Returns whether there may be more.
    fn take(&mut self, reader: &mut impl Read, len: u64) -> io::Result<bool> {
        let left = self.most.saturating_sub(self.bytes.len() as u64);
        let read = reader.take(len.min(left)).read_to_end(&mut self.bytes)?;
        Ok(read as u64 == len)
    }
}

/// Keeps all segments, and all data after the picture, without entropy-coded data.
fn jpeg(mut reader: impl BufRead, kept: &mut Excerpt) -> io::Result<()> {
    while reader.skip_until(0xFF)? > 0 {
        let mut marker = [0xFF];
        while marker == [0xFF] {
            if reader.read(&mut marker)? == 0 {
                return Ok(());
            }
        }
        let [marker] = marker;
        if matches!(marker, 0x00 | 0xD0..=0xD7) {
            continue;
        }
        kept.bytes.extend([0xFF, marker]);
        if marker == EOI {
            kept.take(&mut reader, u64::MAX)?;
            return Ok(());
        }
        if has_length(marker) {
            let mut length = [0; 2];
            if reader.read_exact(&mut length).is_err() {
                return Ok(());
            }
            kept.bytes.extend(length);
            let Some(length) = u16::from_be_bytes(length).checked_sub(2) else { return Ok(()) };
            if !kept.take(&mut reader, length.into())? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// A part of a file: its length including its head, and whether it is kept.
type FilePart = (u64, bool);

/// Keeps all parts that are needed, after a head of the file.
fn parts(
    file: &mut (impl Read + Seek),
    head: u64,
    part: fn(&[u8], u64) -> Option<FilePart>,
    kept: &mut Excerpt,
) -> io::Result<()> {
    let end = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(0))?;
    kept.take(file, head)?;
    let mut at = head;
    for _ in 0..MOST_PARTS {
        let Some((len, keep)) = (at < end).then(|| peek(file, at)).transpose()?.and_then(|head| part(&head, end - at))
        else {
            break;
        };
        if keep && !kept.take(file, len.min(end - at))? {
            break;
        }
        at = at.saturating_add(len);
    }
    Ok(())
}

/// Returns the first bytes of a part. The position of the reader stays.
fn peek(file: &mut (impl Read + Seek), at: u64) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    file.seek(SeekFrom::Start(at))?;
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(at))?;
    Ok(head)
}

fn png_chunk(head: &[u8], _: u64) -> Option<FilePart> {
    let (len, name) = (head.first_chunk()?, head.get(4..8)?);
    Some((u64::from(u32::from_be_bytes(*len)) + 12, name != b"IDAT" && name != b"fdAT"))
}

fn webp_chunk(head: &[u8], _: u64) -> Option<FilePart> {
    let (name, len) = (head.first_chunk::<4>()?, u64::from(u32::from_le_bytes(*head.get(4..)?.first_chunk()?)));
    Some((8 + len + len % 2, !matches!(name, b"VP8 " | b"VP8L" | b"ALPH" | b"ANMF")))
}

/// Reads the head of a box. `left`: number of bytes to the end of the file.
fn iso_box(head: &[u8], left: u64) -> Option<FilePart> {
    let (len, kind) = (head.first_chunk()?, head.get(4..8)?);
    let len = match u32::from_be_bytes(*len) {
        0 => left,
        1 => u64::from_be_bytes(*head.get(8..)?.first_chunk()?),
        len => len.into(),
    };
    (len >= 8).then_some((len, !matches!(kind, b"mdat" | b"jxlc" | b"jxlp")))
}

/// Whether a file of boxes lists items that may be anywhere in it.
fn has_items(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let end = file.seek(SeekFrom::End(0))?;
    let mut at = 0;
    for _ in 0..MOST_PARTS {
        if at >= end {
            break;
        }
        let head = peek(file, at)?;
        let Some((len, _)) = iso_box(&head, end - at) else { break };
        // CR3 has its directories in a box that is found by its type.
        if head.get(4..8) == Some(b"meta") {
            return Ok(true);
        }
        at = at.saturating_add(len);
    }
    Ok(false)
}

#[cfg(test)]
#[path = "excerpt_tests.rs"]
mod tests;
