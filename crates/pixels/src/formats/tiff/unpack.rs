//! Decompressing one chunk.

use std::borrow::Cow;
use std::io::{ErrorKind, Read};

use flate2::read::ZlibDecoder;
use jpeg::{Damage, Parallelism, Size, zeroed};
use weezl::{BitOrder, decode};

use super::compression::Compression;
use super::layout::TiffLayout;
use super::{ccitt, jpeg_chunk};
use crate::base::error::Error;
use crate::base::format::Format;

/// The rows of a chunk.
pub(super) struct Unpacked {
    /// The rows, as wide as the chunk.
    pub(super) bytes: Vec<u8>,
    /// Whether numbers are written with their lowest byte first.
    pub(super) little_endian: bool,
    /// Damage to a JPEG.
    pub(super) damage: Option<Damage>,
}

/// Decompresses a chunk, of which `needed` is seen. Returns `None` for a tile that the file omits.
pub(super) fn unpack(
    layout: &TiffLayout<'_>,
    number: usize,
    needed: Size,
    (little_endian, parallelism): (bool, &dyn Parallelism),
) -> Result<Option<Unpacked>, Error> {
    let Some(chunk) = layout.chunks.bytes(number)? else { return Ok(None) };
    if layout.compression.is_jpeg() {
        let parts = [layout.chunks.tables, chunk];
        let (bytes, damage) = jpeg_chunk::decode(parts, [layout.chunks.size, needed], layout.stored, parallelism)?;
        return Ok(Some(Unpacked { bytes, little_endian, damage }));
    }
    let length = usize::try_from(layout.chunk_bytes(needed.height as usize)).map_err(|_| Error::TooMuchMemory)?;
    let mut bytes = zeroed(length, 1)?;
    let chunk = match layout.turned_bits {
        true => Cow::Owned(chunk.iter().map(|byte| byte.reverse_bits()).collect()),
        false => Cow::Borrowed(chunk),
    };
    decompress(layout, &chunk, &mut bytes)?;
    let little_endian = restore(layout, &mut bytes, little_endian);
    Ok(Some(Unpacked { bytes, little_endian, damage: None }))
}

fn decompress(layout: &TiffLayout<'_>, chunk: &[u8], bytes: &mut [u8]) -> Result<(), Error> {
    let truncated = Error::Truncated(Format::Tiff);
    match layout.compression {
        Compression::PackBits => pack_bits(chunk, bytes).ok_or(truncated),
        Compression::Lzw => lzw(chunk, bytes),
        Compression::Deflate => ZlibDecoder::new(chunk).read_exact(bytes).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => truncated,
            _ => Error::corrupt(Format::Tiff, "its compressed data contradicts itself"),
        }),
        Compression::Ccitt(fax) => ccitt::decode(fax, chunk, layout.chunks.size.width, bytes),
        Compression::None | Compression::Jpeg | Compression::OldJpeg => {
            bytes.copy_from_slice(chunk.get(..bytes.len()).ok_or(truncated)?);
            Ok(())
        }
    }
}

/// Restores samples that are stored as differences. Returns their byte order.
fn restore(layout: &TiffLayout<'_>, bytes: &mut [u8], little_endian: bool) -> bool {
    let mut result = little_endian;
    if layout.subsampling.is_none() {
        for row in bytes.chunks_exact_mut(layout.row_bytes().max(1)) {
            result = layout.predictor.restore(row, layout.sample_bytes(), layout.stored, little_endian);
        }
    }
    result
}

/// Repeats and copies bytes until `bytes` is full; `None` if the data ends before.
fn pack_bits(mut chunk: &[u8], mut bytes: &mut [u8]) -> Option<()> {
    while !bytes.is_empty() {
        let (head, rest) = chunk.split_first()?;
        let head = usize::from(*head);
        let (count, used) = match head {
            0..=127 => (head + 1, head + 1),
            128 => (0, 0),
            _ => (257 - head, 1),
        };
        let (source, rest) = rest.split_at_checked(used)?;
        let (target, after) = bytes.split_at_mut(count.min(bytes.len()));
        match head {
            0..=127 => target.copy_from_slice(&source[..target.len()]),
            _ => target.fill(source.first().copied().unwrap_or(0)),
        }
        (chunk, bytes) = (rest, after);
    }
    Some(())
}

/// Decompresses LZW, also in the form of programs from before 1992, whose codes begin with their lowest bit.
fn lzw(chunk: &[u8], bytes: &mut [u8]) -> Result<(), Error> {
    let mut decoder = match chunk {
        [0, second, ..] if second & 1 == 1 => decode::Configuration::new(BitOrder::Lsb, 8),
        _ => decode::Configuration::with_tiff_size_switch(BitOrder::Msb, 8),
    }
    .with_yield_on_full_buffer(true)
    .build();
    let (mut read, mut written) = (0, 0);
    while written < bytes.len() {
        let step = decoder.decode_bytes(&chunk[read..], &mut bytes[written..]);
        read += step.consumed_in;
        written += step.consumed_out;
        match step.status {
            Err(_) => return Err(Error::corrupt(Format::Tiff, "its compressed data contradicts itself")),
            Ok(_) if step.consumed_in + step.consumed_out == 0 => return Err(Error::Truncated(Format::Tiff)),
            Ok(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_bytes_are_unpacked_until_the_row_is_full() {
        let mut bytes = [9; 6];
        assert_eq!(pack_bits(&[1, 7, 8, 128, 0xFE, 5, 0xFF, 4], &mut bytes), Some(()));
        assert_eq!(bytes, [7, 8, 5, 5, 5, 4]);
        assert_eq!(pack_bits(&[1, 7], &mut bytes), None);
    }
}
