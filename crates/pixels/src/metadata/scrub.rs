//! The tags of Exif that may be published, and blocks of them.
//!
//! A block is built from a list of tags that are known to be harmless, rather than reduced by a list of harmful ones:
//! tags that a maker will add next year are on neither list.

use std::borrow::Cow;

use jpeg::Orientation;

use super::credit::Credit;
use super::exif::Exif;
use super::tiff::{Directory, Entry, Tiff};
use super::write::{Row, block};

/// Tags of the first directory that may be published: description, camera, resolution, program, time, colour, rating.
/// Artist and copyright come from [`Credit`].
const PUBLIC: [u16; 15] = [
    0x010E, 0x010F, 0x0110, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013E, 0x013F, 0x0211, 0x0213, 0x0214, 0x4746,
    0x4749,
];

/// Tags of the Exif directory that may be published: exposure, times, flash, focus, scene, lens model. The list excludes
/// maker notes, user comment, unique image number, owner's name, serial numbers, and the size of the source.
const PUBLIC_EXIF: [u16; 57] = [
    0x829A, 0x829D, 0x8822, 0x8824, 0x8827, 0x8830, 0x8831, 0x8832, 0x8833, 0x8834, 0x8835, 0x9000, 0x9003, 0x9004,
    0x9010, 0x9011, 0x9012, 0x9101, 0x9201, 0x9202, 0x9203, 0x9204, 0x9205, 0x9206, 0x9207, 0x9208, 0x9209, 0x920A,
    0x9290, 0x9291, 0x9292, 0xA000, 0xA001, 0xA20B, 0xA20E, 0xA20F, 0xA210, 0xA215, 0xA217, 0xA300, 0xA301, 0xA302,
    0xA401, 0xA402, 0xA403, 0xA404, 0xA405, 0xA406, 0xA407, 0xA408, 0xA409, 0xA40A, 0xA40C, 0xA432, 0xA433, 0xA434,
    0xA500,
];

/// Tags of the first directory that describe the storage of a TIFF file's pixels, or point to other directories and blocks.
const STRUCTURE: [u16; 36] = [
    0x00FE, 0x00FF, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0107, 0x010A, 0x0111, 0x0112, 0x0115, 0x0116, 0x0117,
    0x0118, 0x0119, 0x011C, 0x013B, 0x013D, 0x0140, 0x0142, 0x0143, 0x0144, 0x0145, 0x014A, 0x0152, 0x0153, 0x015B,
    0x0201, 0x0202, 0x0212, 0x02BC, 0x83BB, 0x8298, 0x8649, 0x8773,
];

const ORIENTATION: u16 = 0x0112;
const ARTIST: u16 = 0x013B;
const COPYRIGHT: u16 = 0x8298;
const EXIF_IFD: u16 = 0x8769;
const GPS_IFD: u16 = 0x8825;
const INTEROPERABILITY_IFD: u16 = 0xA005;
const THUMBNAIL: u16 = 0x0201;
const THUMBNAIL_LENGTH: u16 = 0x0202;

/// Returns a block with the orientation alone.
pub(crate) fn orientation_only(turn: Orientation) -> Option<Vec<u8>> {
    credit_only(&Credit::default(), turn)
}

/// Returns a block with the orientation, unless it is upright, and with the credit, if there is any.
pub(crate) fn credit_only(credit: &Credit, turn: Orientation) -> Option<Vec<u8>> {
    let mut rows = credit_rows(credit);
    if turn != Orientation::UPRIGHT {
        rows.push(orientation_row(turn, false));
    }
    (!rows.is_empty()).then(|| block(false, rows, Vec::new(), Vec::new()))
}

/// Returns the tags of these directories that may be published.
pub(crate) fn publishable(exif: &Exif<'_>, credit: &Credit, turn: Orientation) -> Option<Vec<u8>> {
    select(exif, credit, turn, &|tag| PUBLIC.contains(&tag), &|tag| PUBLIC_EXIF.contains(&tag), false)
}

/// Returns all tags of these directories, except those for the storage of pixels.
pub(crate) fn everything(exif: &Exif<'_>, credit: &Credit, turn: Orientation) -> Option<Vec<u8>> {
    let inside = [EXIF_IFD, GPS_IFD, INTEROPERABILITY_IFD];
    let first = |tag| !STRUCTURE.contains(&tag) && !inside.contains(&tag);
    select(exif, credit, turn, &first, &|tag| !inside.contains(&tag), true)
}

fn select(
    exif: &Exif<'_>,
    credit: &Credit,
    turn: Orientation,
    first: &dyn Fn(u16) -> bool,
    shot: &dyn Fn(u16) -> bool,
    place: bool,
) -> Option<Vec<u8>> {
    let little_endian = exif.first.or(exif.shot).is_some_and(|directory| directory.tiff.little_endian());
    let rows = |directory: Option<Directory<'_>>, wanted: &dyn Fn(u16) -> bool| {
        // The directories of separate blocks could have different byte orders.
        let directory = directory.filter(|directory| directory.tiff.little_endian() == little_endian);
        let entries = directory.into_iter().flat_map(|directory| directory.entries());
        entries.filter(|entry| wanted(entry.tag)).map(owned).collect::<Vec<_>>()
    };
    let mut top = rows(exif.first, first);
    let shot = rows(exif.shot, shot);
    let place = if place { rows(exif.place, &|_| true) } else { Vec::new() };
    top.extend(credit_rows(credit));
    if top.is_empty() && shot.is_empty() && place.is_empty() {
        return credit_only(credit, turn);
    }
    top.push(orientation_row(turn, little_endian));
    Some(block(little_endian, top, shot, place))
}

fn owned(entry: Entry<'_>) -> Row<'static> {
    Row { tag: entry.tag, kind: entry.kind, count: entry.count, value: Cow::Owned(entry.value.to_vec()) }
}

fn orientation_row(turn: Orientation, little_endian: bool) -> Row<'static> {
    let turn = u16::from(turn.exif());
    let value = if little_endian { turn.to_le_bytes() } else { turn.to_be_bytes() };
    Row { tag: ORIENTATION, kind: 3, count: 1, value: Cow::Owned(value.to_vec()) }
}

/// In UTF-8, although the standard requires ASCII: all programs do so, as the Metadata Working Group recommends.
fn credit_rows(credit: &Credit) -> Vec<Row<'static>> {
    let row = |tag, text: String| {
        let value = [text.as_bytes(), &[0]].concat();
        Row { tag, kind: 2, count: value.len() as u32, value: Cow::Owned(value) }
    };
    let artist = (!credit.creators.is_empty()).then(|| row(ARTIST, credit.creators.join("; ")));
    let copyright = credit.copyright.any().map(|text| row(COPYRIGHT, text.to_owned()));
    artist.into_iter().chain(copyright).collect()
}

/// Returns a block with the orientation reset and the thumbnail, which is not turned, blanked. It is changed
/// in place, because maker notes contain offsets relative to its beginning. `None` if that is impossible.
pub(crate) fn in_place(block: &[u8], turn: Orientation) -> Option<Vec<u8>> {
    let tiff = Tiff::parse(block)?;
    let first = Directory::first(block)?;
    let mut edited = block.to_vec();
    let at = |part: &[u8]| part.as_ptr().addr() - block.as_ptr().addr();
    match first.find(ORIENTATION) {
        Some(entry) if entry.kind == 3 && entry.count == 1 => {
            let turn = u16::from(turn.exif());
            let turn = if tiff.little_endian() { turn.to_le_bytes() } else { turn.to_be_bytes() };
            edited[at(entry.value)..][..2].copy_from_slice(&turn);
        }
        None if turn == Orientation::UPRIGHT => {}
        _ => return None,
    }
    let link = tiff.link_at(first.ifd)?;
    edited[link..link + 4].fill(0);
    if let Some(second) = first.next() {
        let number = |tag| Some(second.find(tag)?.uint()? as usize);
        if let (Some(start), Some(length)) = (number(THUMBNAIL), number(THUMBNAIL_LENGTH)) {
            let end = start.saturating_add(length).min(edited.len());
            edited.get_mut(start..end).unwrap_or_default().fill(0);
            if end == edited.len() {
                edited.truncate(start);
            }
        }
        for entry in second.entries() {
            let start = at(entry.value);
            edited.get_mut(start..start + entry.value.len()).unwrap_or_default().fill(0);
        }
    }
    Some(edited)
}
