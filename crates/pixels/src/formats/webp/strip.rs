//! Removal of metadata from a WebP file: the chunks that define its pixels stay as they are.

use super::chunks::{RiffChunk, chunks, flags};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::metadata::kept::Kept;

/// Removes Exif, XMP, unknown chunks, and all data after the picture; adds the blocks that are kept. There is no chunk for IPTC's
/// datasets.
pub(crate) fn strip(bytes: &[u8], kept: &Kept) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(b"RIFF\0\0\0\0WEBP");
    let mut pixels = false;
    for chunk in chunks(bytes) {
        match &chunk.name {
            b"VP8X" if chunk.data.len() >= 10 => {
                let mut data = chunk.data.to_vec();
                data[0] &= !(flags::XMP | flags::EXIF);
                if kept.exif.is_some() {
                    data[0] |= flags::EXIF;
                }
                if kept.xmp.is_some() {
                    data[0] |= flags::XMP;
                }
                write_chunk(&mut out, RiffChunk { data: &data, ..chunk });
            }
            b"VP8 " | b"VP8L" | b"ANMF" => {
                pixels = true;
                write_chunk(&mut out, chunk);
            }
            b"ALPH" | b"ANIM" | b"ICCP" => write_chunk(&mut out, chunk),
            _ => {}
        }
    }
    if !pixels {
        return Err(Error::Truncated(Format::WebP));
    }
    for (name, block) in [(*b"EXIF", &kept.exif), (*b"XMP ", &kept.xmp)] {
        if let Some(data) = block {
            write_chunk(&mut out, RiffChunk { name, data });
        }
    }
    let length = u32::try_from(out.len() - 8).map_err(|_| Error::Encode("the file is too long".to_owned()))?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Ok(out)
}

fn write_chunk(out: &mut Vec<u8>, chunk: RiffChunk<'_>) {
    out.extend(chunk.name);
    out.extend((chunk.data.len() as u32).to_le_bytes());
    out.extend(chunk.data);
    if chunk.data.len() % 2 == 1 {
        out.push(0);
    }
}
