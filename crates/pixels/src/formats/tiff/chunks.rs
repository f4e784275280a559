//! The strips or tiles of a TIFF file.
//!
//! In: the directory of a file. Out: the size of chunks, and the bytes of each.

use jpeg::Size;

use super::fields::Fields;
use super::jpeg_chunk;
use super::numbers::Numbers;
use crate::base::error::Error;
use crate::base::format::Format;

const STRIP_OFFSETS: u16 = 273;
const ROWS_PER_STRIP: u16 = 278;
const STRIP_LENGTHS: u16 = 279;
const TILE_WIDTH: u16 = 322;
const TILE_HEIGHT: u16 = 323;
const TILE_OFFSETS: u16 = 324;
const TILE_LENGTHS: u16 = 325;

/// Length that a side of a chunk may have, whatever the size of the picture.
const FREE_SIDE: u32 = 4096;

/// All chunks of a picture, row by row, and plane by plane.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunks<'a> {
    /// Size of each, in pixels. Those at the right and at the bottom may extend beyond the picture.
    pub(super) size: Size,
    /// Number of chunks beside each other.
    pub(super) across: usize,
    /// Number of chunks below each other.
    pub(super) down: usize,
    /// Number of channels that are stored separately; 1 if they are together.
    pub(super) planes: usize,
    /// What every chunk needs: the tables of JPEGs.
    pub(super) tables: &'a [u8],
    tiled: bool,
    file: &'a [u8],
    parts: Parts<'a>,
}

/// Places of the bytes.
#[derive(Debug, Clone, Copy)]
enum Parts<'a> {
    /// One chunk, with these bytes.
    Whole(&'a [u8]),
    /// Offsets, and lengths if the file lists them.
    Listed(Numbers<'a>, Option<Numbers<'a>>),
}

impl<'a> Chunks<'a> {
    /// Finds the chunks of a picture.
    pub(super) fn read(fields: &Fields<'a>, picture: Size, planes: usize) -> Result<Self, Error> {
        let side = |tag| fields.number(tag).map(|side| u32::try_from(side).unwrap_or(u32::MAX));
        let tiled = fields.numbers(TILE_OFFSETS).is_some();
        let size = match tiled {
            true => Size { width: side(TILE_WIDTH).unwrap_or(0), height: side(TILE_HEIGHT).unwrap_or(0) },
            false => Size { height: side(ROWS_PER_STRIP).unwrap_or(u32::MAX).min(picture.height), ..picture },
        };
        if size.width == 0 || size.height == 0 {
            return Err(Error::corrupt(Format::Tiff, "its parts have no size"));
        }
        if size.width > picture.width.saturating_mul(2).max(FREE_SIDE) {
            return Err(Error::corrupt(Format::Tiff, "its tiles are far larger than the picture"));
        }
        let [offsets, lengths] = if tiled { [TILE_OFFSETS, TILE_LENGTHS] } else { [STRIP_OFFSETS, STRIP_LENGTHS] };
        let (across, down) = (picture.width.div_ceil(size.width), picture.height.div_ceil(size.height));
        let (file, tables) = (fields.file, jpeg_chunk::tables(fields));
        let offsets = fields.numbers(offsets).unwrap_or(Numbers::new(&[], 1, true));
        let parts = Parts::Listed(offsets, fields.numbers(lengths));
        Ok(Self { size, across: across as usize, down: down as usize, planes, tables, tiled, file, parts })
    }

    /// Replaces all chunks by one with these bytes.
    pub(super) fn whole(&mut self, bytes: &'a [u8], picture: Size) {
        (self.size, self.across, self.down, self.planes) = (picture, 1, 1, 1);
        self.parts = Parts::Whole(bytes);
    }

    /// Returns the number of chunks.
    pub(super) fn len(&self) -> usize {
        self.across * self.down * self.planes
    }

    /// Returns the bytes of a chunk; `None` for a tile that the file omits.
    pub(super) fn bytes(&self, number: usize) -> Result<Option<&'a [u8]>, Error> {
        let (offsets, lengths) = match self.parts {
            Parts::Whole(bytes) => return Ok(Some(bytes)),
            Parts::Listed(offsets, lengths) => (offsets, lengths),
        };
        let start = offsets.get(number).and_then(|offset| usize::try_from(offset).ok());
        let rest = start.and_then(|start| self.file.get(start..)).ok_or(Error::Truncated(Format::Tiff))?;
        // Some old programs wrote no lengths, or zeros.
        let listed = lengths.and_then(|lengths| lengths.get(number));
        match listed.map(|length| usize::try_from(length).unwrap_or(usize::MAX)) {
            Some(0) if self.tiled => Ok(None),
            None | Some(0) => Ok(Some(rest)),
            Some(length) => Ok(Some(&rest[..length.min(rest.len())])),
        }
    }

    /// Whether the file lists all chunks.
    pub(super) fn are_listed(&self) -> bool {
        match self.parts {
            Parts::Whole(_) => true,
            Parts::Listed(offsets, _) => offsets.len() >= self.len(),
        }
    }

    /// Returns the rows of a chunk that are decoded: those below the picture are not.
    pub(super) fn rows(&self, picture: Size) -> usize {
        self.size.height.min(picture.height) as usize
    }
}
