//! Writing of Exif blocks: the same bytes for the same entries.

use std::borrow::Cow;

const EXIF_IFD: u16 = 0x8769;
const GPS_IFD: u16 = 0x8825;

/// An entry to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row<'a> {
    /// Tag of the entry.
    pub(crate) tag: u16,
    /// Type of the elements, by its number in TIFF.
    pub(crate) kind: u16,
    /// Number of elements.
    pub(crate) count: u32,
    /// The elements, in the block's byte order.
    pub(crate) value: Cow<'a, [u8]>,
}

impl Row<'_> {
    /// Returns the number of bytes of the value outside of the directory.
    fn outside(&self) -> usize {
        if self.value.len() <= 4 { 0 } else { self.value.len().next_multiple_of(2) }
    }
}

/// Returns a block of a first directory, the Exif directory and that of the location; empty ones of the latter two are left out.
/// Entries may be in any order; the last of several with the same tag is used.
pub(crate) fn block(little_endian: bool, first: Vec<Row<'_>>, shot: Vec<Row<'_>>, place: Vec<Row<'_>>) -> Vec<u8> {
    let mut writer = Writer { block: Vec::new(), little_endian };
    writer.block.extend_from_slice(if little_endian { b"II\x2A\0" } else { b"MM\0\x2A" });
    writer.u32(8);
    let [mut first, shot, place] = [first, shot, place].map(in_order);
    let inside = [(EXIF_IFD, &shot), (GPS_IFD, &place)].into_iter().filter(|(_, rows)| !rows.is_empty());
    for (tag, _) in inside.clone() {
        first.push(Row { tag, kind: 4, count: 1, value: Cow::Borrowed(&[0; 4]) });
    }
    let mut first = in_order(first);
    // The length of a directory, and with it the offset of the next, is independent of the offsets in it.
    let mut offset = 8 + length(&first);
    for (tag, rows) in inside.clone() {
        for row in first.iter_mut().filter(|row| row.tag == tag) {
            row.value = Cow::Owned(writer.bytes_of_u32(offset as u32).to_vec());
        }
        offset += length(rows);
    }
    writer.directory(&first);
    for (_, rows) in inside {
        writer.directory(rows);
    }
    writer.block
}

fn in_order(mut rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    rows.reverse();
    rows.sort_by_key(|row| row.tag);
    rows.dedup_by_key(|row| row.tag);
    rows
}

/// Returns the length of a directory with its values.
fn length(rows: &[Row<'_>]) -> usize {
    2 + 12 * rows.len() + 4 + rows.iter().map(Row::outside).sum::<usize>()
}

struct Writer {
    block: Vec<u8>,
    little_endian: bool,
}

impl Writer {
    /// Writes a directory, followed by the values that do not fit into it.
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
                inline[..row.value.len()].copy_from_slice(&row.value);
                self.block.extend_from_slice(&inline);
            } else {
                self.u32(values_at as u32);
                values.extend_from_slice(&row.value);
                // Values begin at even offsets.
                values.resize(values.len().next_multiple_of(2), 0);
                values_at += row.outside();
            }
        }
        self.u32(0);
        self.block.append(&mut values);
    }

    fn u16(&mut self, value: u16) {
        self.block.extend(if self.little_endian { value.to_le_bytes() } else { value.to_be_bytes() });
    }

    fn u32(&mut self, value: u32) {
        self.block.extend(self.bytes_of_u32(value));
    }

    fn bytes_of_u32(&self, value: u32) -> [u8; 4] {
        if self.little_endian { value.to_le_bytes() } else { value.to_be_bytes() }
    }
}
