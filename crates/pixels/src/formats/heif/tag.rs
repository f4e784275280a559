//! The colours of a HEIC.
//!
//! In: the items that describe a picture. Out: its colours, and how its samples are meant.

use super::items::ItemTables;
use crate::base::box_cursor::BoxCursor;
use crate::icc::tag::Tag;

/// What the boxes of a file declare of its colours.
#[derive(Debug, Clone)]
pub(super) struct ItemColors {
    pub(super) tag: Tag,
    /// The number of the matrix in ITU-T H.273, and whether samples use the full range; `None` if only the stream declares them.
    pub(super) coding: Option<(u16, bool)>,
}

/// Returns the colours that the boxes of a file declare for a picture, by the first item that does.
pub(super) fn colors_of(tables: &ItemTables<'_>, items: &[u32]) -> ItemColors {
    let declared = items.iter().flat_map(|item| tables.properties(*item));
    let declared = declared.filter(|(_, property)| property.kind == *b"colr").map(|(_, property)| property.body);
    let (mut numbers, mut profile) = (None, None);
    for body in declared {
        match body.split_first_chunk::<4>() {
            Some((b"nclx", rest)) if numbers.is_none() => numbers = read_numbers(rest),
            Some((b"prof" | b"rICC", rest)) if profile.is_none() => profile = Some(rest),
            _ => {}
        }
    }
    let cicp = |(primaries, transfer, ..): (u32, u32, u16, bool)| {
        Tag::of_cicp(primaries.try_into().ok()?, transfer.try_into().ok()?)
    };
    let told = || numbers.and_then(cicp).unwrap_or(Tag::Srgb);
    let tag = profile.map_or_else(told, |profile| Tag::Icc(profile.to_vec()));
    ItemColors { tag, coding: numbers.map(|(_, _, matrix, full)| (matrix, full)) }
}

fn read_numbers(body: &[u8]) -> Option<(u32, u32, u16, bool)> {
    let mut cursor = BoxCursor::new(body);
    let [primaries, transfer, matrix] = [cursor.small(2)?, cursor.small(2)?, cursor.small(2)?];
    Some((primaries, transfer, matrix as u16, cursor.small(1)? & 0x80 != 0))
}
