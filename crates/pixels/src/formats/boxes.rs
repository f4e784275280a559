//! Metadata in files made of boxes: HEIC and AVIF, where Exif and XMP are items beside the picture; JPEG XL, with separate boxes for
//! them; Canon's CR3.

use std::collections::BTreeMap;
use std::io::Read;

use brotli_decompressor::Decompressor;

use crate::base::box_cursor::BoxCursor;
use crate::base::isobmff::{boxes, find};
use crate::metadata::carriers::{Block, MOST_UNPACKED};

/// Limit on the number of items; a picture of many tiles has fewer.
const MOST_ITEMS: usize = 10_000;

/// Limit on the total length of items, in multiples of the file's length.
const MOST_OVERLAP: usize = 4;

/// Number of bytes of a compressed box that are unpacked at a time.
const BUFFER: usize = 4096;

/// UUID of the box with XMP in videos and CR3.
const XMP: [u8; 16] = *b"\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";

/// Finds the blocks of metadata.
pub(super) fn blocks<'a>(bytes: &'a [u8], found: &mut Vec<Block<'a>>) {
    let mut left = MOST_UNPACKED;
    for part in boxes(bytes) {
        match &part.kind {
            b"meta" => items(bytes, part.body, found),
            b"Exif" => found.extend(behind_offset(part.body).map(|block| Block::Exif(block.into()))),
            b"xml " => found.push(Block::Xmp(part.body.into())),
            b"brob" => found.extend(packed(part.body, &mut left)),
            b"uuid" => found.extend(part.body.strip_prefix(&XMP).map(|packet| Block::Xmp(packet.into()))),
            _ => {}
        }
    }
}

/// Unpacks a box of JPEG XL that contains another one, compressed with Brotli: the type of that box, and its content (ISO/IEC 18181-2,
/// 9.6). Its length is subtracted from `left`, the number of bytes that may still be unpacked.
fn packed<'a>(body: &'a [u8], left: &mut u64) -> Option<Block<'a>> {
    let (kind, data) = body.split_first_chunk::<4>()?;
    if !matches!(kind, b"Exif" | b"xml ") {
        return None;
    }
    let mut bytes = Vec::new();
    // Data that is damaged at its end is used as far as possible.
    let _ = Decompressor::new(data, BUFFER).take(*left).read_to_end(&mut bytes);
    *left -= bytes.len() as u64;
    match kind {
        b"Exif" => behind_offset(&bytes).map(|block| Block::Exif(block.to_vec().into())),
        _ => Some(Block::Xmp(bytes.into())),
    }
}

/// Returns the Exif block in an item or a box, after the offset with which it begins.
fn behind_offset(data: &[u8]) -> Option<&[u8]> {
    let (offset, rest) = data.split_first_chunk()?;
    let block = rest.get(u32::from_be_bytes(*offset) as usize..)?;
    Some(block.strip_prefix(b"Exif\0\0").unwrap_or(block))
}

/// Collects the items of Exif and XMP that a `meta` box lists.
fn items<'a>(bytes: &'a [u8], meta: &'a [u8], found: &mut Vec<Block<'a>>) {
    // Version and flags precede the inner boxes.
    let Some(meta) = meta.get(4..) else { return };
    let (Some(info), Some(places)) = (find(meta, b"iinf"), find(meta, b"iloc")) else { return };
    let data = find(meta, b"idat").unwrap_or_default();
    // The width of the number of entries depends on the version.
    let entries = info.get(if info.first() == Some(&0) { 6 } else { 8 }..).unwrap_or_default();
    let mut wanted = BTreeMap::new();
    for entry in boxes(entries).take(MOST_ITEMS).filter(|entry| entry.kind == *b"infe") {
        // Version and flags, identifier (wider from version 3 on), protection, type, name, and for `mime` the media type.
        let wide = entry.body.first().is_some_and(|version| *version >= 3);
        let identifier = entry.body.get(4..).unwrap_or_default();
        let Some(id) = BoxCursor::new(identifier).number(if wide { 4 } else { 2 }) else { continue };
        let rest = entry.body.get(if wide { 10 } else { 8 }..).unwrap_or_default();
        match rest.split_first_chunk::<4>() {
            Some((b"Exif", _)) => {
                wanted.insert(id, true);
            }
            Some((b"mime", rest)) if rest.windows(19).any(|window| window == b"application/rdf+xml") => {
                wanted.insert(id, false);
            }
            _ => {}
        }
    }
    if wanted.is_empty() {
        return;
    }
    // Items may overlap, and so exceed the length of the file many times; those that programs write do not.
    let mut left = MOST_OVERLAP * bytes.len();
    for (id, item) in located(bytes, places, data) {
        let Some(is_exif) = wanted.get(&id) else { continue };
        let Some(rest) = left.checked_sub(item.len()) else { break };
        left = rest;
        if *is_exif {
            found.extend(behind_offset(item).map(|block| Block::Exif(block.into())));
        } else {
            found.push(Block::Xmp(item.into()));
        }
    }
}

/// Returns the items in one piece whose positions an `iloc` box lists (ISO/IEC 14496-12, 8.11.3).
fn located<'a>(bytes: &'a [u8], places: &[u8], data: &'a [u8]) -> Vec<(u64, &'a [u8])> {
    let mut cursor = BoxCursor::new(places.get(4..).unwrap_or_default());
    let version = places.first().copied().unwrap_or(0);
    let mut read = || {
        let [sizes, more] = [cursor.number(1)?, cursor.number(1)?];
        let [offset, length, base] = [sizes >> 4, sizes & 15, more >> 4].map(|size| size as usize);
        let index = if version == 0 { 0 } else { (more & 15) as usize };
        let count = cursor.number(if version < 2 { 2 } else { 4 })?;
        let mut items = Vec::new();
        for _ in 0..count.min(MOST_ITEMS as u64) {
            let id = cursor.number(if version < 2 { 2 } else { 4 })?;
            let inside = version > 0 && cursor.number(2)? & 15 == 1;
            cursor.number(2)?;
            let base = cursor.number(base)?;
            let extents = cursor.number(2)?;
            for extent in 0..extents {
                cursor.number(index)?;
                let start = base.checked_add(cursor.number(offset)?)?;
                let length = cursor.number(length)?;
                let whole = if inside { data } else { bytes };
                let end = start.checked_add(if length == 0 { whole.len() as u64 } else { length })?;
                let end = end.min(whole.len() as u64);
                // No program splits metadata into pieces.
                if let (0, 1, Some(item)) = (extent, extents, whole.get(start as usize..end as usize)) {
                    items.push((id, item));
                }
            }
        }
        Some(items)
    };
    read().unwrap_or_default()
}
