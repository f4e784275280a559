//! Writing Exif blocks: one with nothing but the orientation, and one with what may be published of a source's block.
//!
//! The block is written anew from a list of tags that are known to be harmless, rather than cut down by a list of those
//! that are not: what a maker will think of next year is not on either list.

use super::tiff::{Entry, Tiff};
use crate::image::header::Orientation;

/// A JPEG segment holds this much, less its length and the prefix `Exif\0\0`.
const MAX_BLOCK: usize = 65_533 - 6;

/// Tags of the first directory that may be published: description, camera, resolution, program, time, artist, colour,
/// rating, copyright.
const PUBLIC: [u16; 17] = [
    0x010E, 0x010F, 0x0110, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B, 0x013E, 0x013F, 0x0211, 0x0213, 0x0214,
    0x4746, 0x4749, 0x8298,
];

/// Tags of the Exif directory that may be published: exposure, times, flash, focus, scene, lens model. Not among them:
/// maker notes, user comment, unique image number, owner's name, serial numbers, and the size of the source.
const PUBLIC_EXIF: [u16; 57] = [
    0x829A, 0x829D, 0x8822, 0x8824, 0x8827, 0x8830, 0x8831, 0x8832, 0x8833, 0x8834, 0x8835, 0x9000, 0x9003, 0x9004,
    0x9010, 0x9011, 0x9012, 0x9101, 0x9201, 0x9202, 0x9203, 0x9204, 0x9205, 0x9206, 0x9207, 0x9208, 0x9209, 0x920A,
    0x9290, 0x9291, 0x9292, 0xA000, 0xA001, 0xA20B, 0xA20E, 0xA20F, 0xA210, 0xA215, 0xA217, 0xA300, 0xA301, 0xA302,
    0xA401, 0xA402, 0xA403, 0xA404, 0xA405, 0xA406, 0xA407, 0xA408, 0xA409, 0xA40A, 0xA40C, 0xA432, 0xA433, 0xA434,
    0xA500,
];

const ORIENTATION: u16 = 0x0112;
const EXIF_IFD: u16 = 0x8769;

/// What of a source's block may be published, with the orientation reset; `None` if that is nothing.
pub(in crate::image) fn publishable(block: &[u8]) -> Option<Vec<u8>> {
    let tiff = Tiff::parse(block)?;
    let first = tiff.first_ifd()?;
    let exif = tiff.sub_ifd(first, EXIF_IFD);
    let mut writer = Writer { block: Vec::new(), little_endian: tiff.little_endian() };
    let top = pick(tiff.entries(first), &PUBLIC);
    let sub = exif.map(|ifd| pick(tiff.entries(ifd), &PUBLIC_EXIF)).unwrap_or_default();
    if top.is_empty() && sub.is_empty() {
        return None;
    }
    writer.write(&top, &sub, Orientation::UPRIGHT);
    (writer.block.len() <= MAX_BLOCK).then_some(writer.block)
}

/// A block that tells the orientation and nothing else.
pub(in crate::image) fn orientation_only(turn: Orientation) -> Vec<u8> {
    let mut writer = Writer { block: Vec::new(), little_endian: false };
    writer.write(&[], &[], turn);
    writer.block
}

/// The entries with one of these tags, in order, each tag once.
fn pick<'a>(entries: impl Iterator<Item = Entry<'a>>, tags: &[u16]) -> Vec<Entry<'a>> {
    let mut picked: Vec<Entry<'a>> = entries.filter(|entry| tags.contains(&entry.tag)).collect();
    picked.sort_by_key(|entry| entry.tag);
    picked.dedup_by_key(|entry| entry.tag);
    picked
}

struct Writer {
    block: Vec<u8>,
    little_endian: bool,
}

impl Writer {
    /// The whole block: header, first directory with its values, Exif directory with its own.
    fn write(&mut self, top: &[Entry<'_>], sub: &[Entry<'_>], turn: Orientation) {
        self.block.extend_from_slice(if self.little_endian { b"II\x2A\0" } else { b"MM\0\x2A" });
        self.u32(8);
        let turn = self.bytes_of_u16(u16::from(turn.exif()));
        let mut rows: Vec<Row<'_>> = top.iter().map(Row::of).collect();
        rows.push(Row { tag: ORIENTATION, kind: 3, count: 1, value: &turn });
        rows.sort_by_key(|row| row.tag);
        if sub.is_empty() {
            return self.directory(&rows);
        }
        // The length of the first directory, and with it the offset of the second, does not depend on that offset.
        let place = rows.partition_point(|row| row.tag < EXIF_IFD);
        rows.insert(place, Row { tag: EXIF_IFD, kind: 4, count: 1, value: &[0; 4] });
        let values: usize = rows.iter().map(Row::outside).sum();
        let offset = self.bytes_of_u32((8 + 2 + 12 * rows.len() + 4 + values) as u32);
        rows[place].value = &offset;
        self.directory(&rows);
        let rows: Vec<Row<'_>> = sub.iter().map(Row::of).collect();
        self.directory(&rows);
    }

    /// A directory, followed by those of its values that do not fit into it.
    fn directory(&mut self, rows: &[Row<'_>]) {
        let mut values_at = self.block.len() + 2 + 12 * rows.len() + 4;
        let mut values = Vec::new();
        self.u16(rows.len() as u16);
        for row in rows {
            self.u16(row.tag);
            self.u16(row.kind);
            self.u32(row.count);
            if row.value.len() <= 4 {
                let mut inline = [0; 4];
                inline[..row.value.len()].copy_from_slice(row.value);
                self.block.extend_from_slice(&inline);
            } else {
                self.u32(values_at as u32);
                values.extend_from_slice(row.value);
                // Values begin at even offsets.
                values.resize(values.len().next_multiple_of(2), 0);
                values_at += row.outside();
            }
        }
        self.u32(0);
        self.block.append(&mut values);
    }

    fn u16(&mut self, value: u16) {
        self.block.extend(self.bytes_of_u16(value));
    }

    fn u32(&mut self, value: u32) {
        self.block.extend(self.bytes_of_u32(value));
    }

    fn bytes_of_u16(&self, value: u16) -> [u8; 2] {
        if self.little_endian { value.to_le_bytes() } else { value.to_be_bytes() }
    }

    fn bytes_of_u32(&self, value: u32) -> [u8; 4] {
        if self.little_endian { value.to_le_bytes() } else { value.to_be_bytes() }
    }
}

/// An entry to be written.
struct Row<'a> {
    tag: u16,
    kind: u16,
    count: u32,
    value: &'a [u8],
}

impl<'a> Row<'a> {
    fn of(entry: &Entry<'a>) -> Self {
        Self { tag: entry.tag, kind: entry.kind, count: entry.count, value: entry.value }
    }
    /// Bytes that its value takes outside the directory.
    fn outside(&self) -> usize {
        if self.value.len() <= 4 { 0 } else { self.value.len().next_multiple_of(2) }
    }
}
