//! Where files carry metadata: the blocks of Exif, XMP and IPTC in each container, and texts.
//!
//! In: the bytes of a file; its content decides what it is. Out: its blocks, as they stand there or unpacked. What a block
//! says is not known here.

mod boxes;
pub(in crate::image) mod gif;
pub(in crate::image) mod jpeg;
pub(in crate::image) mod png;
mod tiff;
mod webp;

use std::borrow::Cow;

use super::exif::Exif;
use super::iptc;
use crate::image::png::chunks::SIGNATURE;
use crate::image::raw;

/// The most that a packed block may unpack to.
const MOST_UNPACKED: u64 = 8 << 20;

/// A block of metadata in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::image) enum Block<'a> {
    /// Exif, without any prefix.
    Exif(&'a [u8]),
    /// Exif that was packed in some way.
    PackedExif(Vec<u8>),
    /// A TIFF file, whose own directories are Exif's.
    File(&'a [u8]),
    /// Exif's directories cut apart: of the picture, of the shot, of the place.
    Parts([Option<&'a [u8]>; 3]),
    /// A packet of XMP.
    Xmp(Cow<'a, [u8]>),
    /// IPTC's datasets.
    Iptc(Cow<'a, [u8]>),
    /// A text with its name.
    Text(String, String),
    /// A whole file inside or behind this one: a preview, a second picture, a film.
    Nested(&'a [u8]),
}

/// How far a file is looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::image) enum Depth {
    /// As far as what a reader would show: nothing behind the pixels of a JPEG.
    Shown,
    /// To the end.
    All,
}

/// The blocks of a file, in its order; `None` if it is of no kind that carries any.
pub(in crate::image) fn blocks(bytes: &[u8], depth: Depth) -> Option<Vec<Block<'_>>> {
    let mut found = Vec::new();
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        jpeg::blocks(bytes, depth, &mut found);
    } else if bytes.starts_with(SIGNATURE) {
        png::blocks(bytes, &mut found);
    } else if bytes.starts_with(b"GIF8") {
        gif::blocks(bytes, &mut found);
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp::blocks(bytes, &mut found);
    } else if bytes.get(4..8) == Some(b"ftyp") || bytes.starts_with(b"\0\0\0\x0CJXL ") {
        boxes::blocks(bytes, &mut found);
    } else if let Some(jpeg) = raw::raf_jpeg(bytes) {
        return blocks(jpeg, depth);
    } else {
        tiff::blocks(bytes, depth, &mut found)?;
    }
    Some(found)
}

/// The blocks that a reader of the file would heed: of each kind the first.
#[derive(Debug, Clone, Default)]
pub(in crate::image) struct Carriers<'a> {
    /// The directories of Exif.
    pub(in crate::image) exif: Exif<'a>,
    /// The block that they are in, if it stands for itself.
    pub(in crate::image) block: Option<&'a [u8]>,
    /// XMP.
    pub(in crate::image) xmp: Option<Cow<'a, [u8]>>,
    /// IPTC's datasets.
    pub(in crate::image) iptc: Option<Cow<'a, [u8]>>,
    /// Named texts.
    pub(in crate::image) texts: Vec<(String, String)>,
}

impl<'a> Carriers<'a> {
    /// Finds the blocks of a file. Exif that is packed, which no camera does, is not heeded.
    pub(in crate::image) fn find(bytes: &'a [u8]) -> Self {
        let mut carriers = Self::default();
        for block in blocks(bytes, Depth::Shown).unwrap_or_default() {
            let is_new = carriers.exif.first.is_none() && carriers.exif.shot.is_none();
            match block {
                Block::Exif(block) if is_new => {
                    (carriers.exif, carriers.block) = (Exif::read(block), Some(block));
                }
                Block::File(bytes) if is_new => carriers.exif = Exif::read(bytes),
                Block::Parts(parts) if is_new => carriers.exif = Exif::of_parts(parts),
                Block::Xmp(packet) if carriers.xmp.is_none() => carriers.xmp = Some(packet),
                Block::Iptc(datasets) if carriers.iptc.is_none() => carriers.iptc = Some(datasets),
                Block::Text(name, text) => carriers.texts.push((name, text)),
                _ => {}
            }
        }
        carriers
    }

    /// The text of this name.
    pub(in crate::image) fn text(&self, name: &str) -> Option<String> {
        self.texts.iter().find(|(found, _)| found == name).map(|(_, text)| text.clone())
    }
}

/// Photoshop's resources, if there is IPTC in them.
fn of_resources(resources: Cow<'_, [u8]>) -> Option<Block<'_>> {
    Some(Block::Iptc(match resources {
        Cow::Borrowed(bytes) => Cow::Borrowed(iptc::in_resources(bytes)?),
        Cow::Owned(bytes) => Cow::Owned(iptc::in_resources(&bytes)?.to_vec()),
    }))
}
