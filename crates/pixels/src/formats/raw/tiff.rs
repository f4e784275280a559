//! RAW files based on TIFF: the chain of directories and their subdirectories reference JPEGs.

use super::found::Found;
use super::orf;
use super::part::part;
use crate::metadata::exif::Exif;
use crate::metadata::tiff::{Ifd, Tiff};

const COMPRESSION: u16 = 0x0103;
const STRIP_OFFSETS: u16 = 0x0111;
const STRIP_LENGTHS: u16 = 0x0117;
const SUB_IFDS: u16 = 0x014A;
const JPEG_OFFSET: u16 = 0x0201;
const JPEG_LENGTH: u16 = 0x0202;
/// A tag of Panasonic.
const JPEG_FROM_RAW: u16 = 0x002E;

/// Limit on the directories; cameras write fewer, and offsets may form a cycle.
const MAX_DIRECTORIES: usize = 32;

pub(super) fn read(bytes: &[u8]) -> Found<'_> {
    let mut jpegs = Vec::new();
    if let Some(tiff) = Tiff::parse(bytes) {
        for ifd in directories(&tiff) {
            jpegs.extend(jpegs_of(bytes, &tiff, ifd));
        }
        jpegs.extend(orf::preview(bytes, &tiff));
    }
    Found { jpegs, orientation: Exif::read(bytes).orientation() }
}

/// Returns all directories of pictures, each chain before its subdirectories.
fn directories(tiff: &Tiff<'_>) -> Vec<Ifd> {
    let mut all: Vec<Ifd> = Vec::new();
    let mut waiting: Vec<Ifd> = tiff.first_ifd().into_iter().collect();
    while let Some(ifd) = waiting.pop() {
        if all.len() == MAX_DIRECTORIES || all.contains(&ifd) {
            continue;
        }
        all.push(ifd);
        if let Some(inside) = tiff.find(ifd, SUB_IFDS) {
            waiting.extend(inside.longs().take(MAX_DIRECTORIES).map(|offset| tiff.ifd_at(offset)));
        }
        waiting.extend(tiff.next_ifd(ifd));
    }
    all
}

/// Returns the JPEGs that a directory references, in one of three ways.
fn jpegs_of<'a>(bytes: &'a [u8], tiff: &Tiff<'a>, ifd: Ifd) -> impl Iterator<Item = &'a [u8]> {
    let number = |tag| tiff.find(ifd, tag).filter(|entry| entry.count == 1).and_then(|entry| entry.uint());
    let slice = |offset, length| part(bytes, number(offset)?, number(length)?);
    let compressed = matches!(number(COMPRESSION), Some(6 | 7));
    let strip = if compressed { slice(STRIP_OFFSETS, STRIP_LENGTHS) } else { None };
    let own = tiff.find(ifd, JPEG_FROM_RAW).map(|entry| entry.value);
    [slice(JPEG_OFFSET, JPEG_LENGTH), strip, own].into_iter().flatten()
}
