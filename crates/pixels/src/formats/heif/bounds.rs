//! Limits on the boxes of a HEIC: overlapping items that are copied separately, and lists that have to be searched again and again.
//! The decoder does not check either, so they are counted before it is called.
//!
//! In: the bytes of a file. Out: whether its boxes are plausible for a camera or a program.

use std::collections::BTreeMap;

use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::isobmff::{IsoBox, boxes};

/// Limit on the bytes copied as items, in multiples of the file's length; tiles of a grid count as often as they are referenced.
const MOST_OVERLAP: u64 = 4;
/// Number of bytes that may be copied whatever the length of the file.
const FREE: u64 = 1 << 20;
/// Limit on the bytes of decoder configurations, of all tiles together.
const MOST_CONFIGURATION: u64 = 4 << 20;
/// Limit on the bytes of references that are searched, once for each item of metadata.
const MOST_WALKED: u64 = 64 << 20;

/// Refuses files whose boxes request far more data than they contain.
pub(super) fn check(bytes: &[u8]) -> Result<(), Error> {
    // If there are several boxes, the decoder chooses; so all are checked.
    boxes(bytes).filter(|part| part.kind == *b"meta").try_for_each(|meta| check_items(bytes.len() as u64, &meta))
}

fn check_items(length: u64, meta: &IsoBox<'_>) -> Result<(), Error> {
    // Version and flags precede the inner boxes, here and below.
    let inside = meta.body.get(4..).unwrap_or_default();
    let of = |kind: &'static [u8; 4]| boxes(inside).filter(move |part| part.kind == *kind).map(|part| part.body);
    let mut lengths = BTreeMap::new();
    of(b"iloc").for_each(|places| {
        // The decoder refuses truncated lists.
        let _ = item_lengths(places, &mut lengths);
    });
    let (mut copied, mut tiles, mut walked) = (lengths.values().fold(0, sum), 0, 0);
    for references in of(b"iref") {
        let wide = references.first().is_some_and(|version| *version > 0);
        walked += references.len() as u64;
        for kind in boxes(references.get(4..).unwrap_or_default()).filter(|part| part.kind == *b"dimg") {
            for to in targets(kind.body, wide) {
                copied = sum(copied, lengths.get(&to).unwrap_or(&0));
                tiles += 1;
            }
        }
    }
    let lists = of(b"iprp").flat_map(boxes).filter(|list| list.kind == *b"ipco");
    let properties = lists.flat_map(|list| boxes(list.body));
    let configurations = properties.filter(|property| property.kind == *b"hvcC").map(|property| property.body.len());
    let longest = configurations.max().unwrap_or(0) as u64;
    let described = of(b"iinf")
        .flat_map(|info| boxes(info.get(if info.first() == Some(&0) { 6 } else { 8 }..).unwrap_or_default()));
    let described =
        described.filter(|entry| entry.body.windows(4).take(12).any(|kind| kind == b"Exif" || kind == b"mime"));
    if copied > MOST_OVERLAP * length + FREE
        || longest * tiles > MOST_CONFIGURATION
        || walked.saturating_mul(described.count() as u64) > MOST_WALKED
    {
        return Err(Error::corrupt(Format::Heic, "its boxes ask for far more than they hold"));
    }
    Ok(())
}

fn sum(total: u64, length: &u64) -> u64 {
    total.saturating_add(*length)
}

/// Returns the items of which others are made, as often as they are referenced.
fn targets(references: &[u8], wide: bool) -> impl Iterator<Item = u32> {
    let mut cursor = Cursor { bytes: references };
    let id = if wide { 4 } else { 2 };
    let mut left = 0;
    std::iter::from_fn(move || {
        while left == 0 {
            cursor.take(id)?;
            left = cursor.take(2)?;
        }
        left -= 1;
        cursor.take(id).map(|to| to as u32)
    })
}

/// Collects the length of each item whose position an `iloc` box lists (ISO/IEC 14496-12, 8.11.3).
fn item_lengths(places: &[u8], lengths: &mut BTreeMap<u32, u64>) -> Option<()> {
    let mut cursor = Cursor { bytes: places };
    let version = cursor.take(4)? >> 24;
    let sizes = cursor.take(2)?;
    let [offset, length, base, index] = [12, 8, 4, 0].map(|shift| (sizes >> shift & 15) as usize);
    let index = if matches!(version, 1 | 2) { index } else { 0 };
    let wide = if version < 2 { 2 } else { 4 };
    for _ in 0..cursor.take(wide)? {
        let id = cursor.take(wide)? as u32;
        if matches!(version, 1 | 2) {
            cursor.take(2)?;
        }
        cursor.take(2)?;
        cursor.take(base)?;
        let mut total = 0;
        for _ in 0..cursor.take(2)? {
            cursor.take(index)?;
            cursor.take(offset)?;
            total = sum(total, &cursor.take(length)?);
        }
        lengths.insert(id, total);
    }
    Some(())
}

struct Cursor<'a> {
    bytes: &'a [u8],
}

impl Cursor<'_> {
    /// Reads a number of this many bytes; 0 for no bytes.
    fn take(&mut self, length: usize) -> Option<u64> {
        let (number, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(number.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}
