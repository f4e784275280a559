//! The blocks of metadata in each container: Exif, XMP, IPTC, and texts.
//!
//! In: the bytes of a file, whose content decides its format. Out: its blocks, as stored or unpacked. Must not know the content
//! of blocks.

use std::borrow::Cow;

use super::exif::Exif;
use super::iptc;
use super::xmp::{self, Packets, Xmp};

/// Limit on the total length of a file's compressed blocks after unpacking, in bytes.
pub(crate) const MOST_UNPACKED: u64 = 8 << 20;

/// A block of metadata in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block<'a> {
    /// Exif, without any prefix.
    Exif(Cow<'a, [u8]>),
    /// A TIFF file, whose own directories are Exif's.
    File(&'a [u8]),
    /// Exif's directories in separate blocks: of the picture, of the shot, of the location.
    Parts([Option<&'a [u8]>; 3]),
    /// A packet of XMP.
    Xmp(Cow<'a, [u8]>),
    /// An additional packet of XMP, with the identifier by which the first one refers to it.
    MoreXmp(&'a [u8], Vec<u8>),
    /// IPTC's datasets.
    Iptc(Cow<'a, [u8]>),
    /// A text with its name.
    Text(String, String),
    /// A whole file inside or after this one: a preview, a second picture, a video.
    Nested(&'a [u8]),
}

/// Extent of the search for metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// The blocks that a reader would show: nothing after the pixels of a JPEG.
    Shown,
    /// All blocks up to the end of the file.
    All,
}

/// The blocks that a reader of the file would use: the first of each kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Carriers<'a> {
    directories: Directories<'a>,
    /// XMP.
    pub(crate) xmp: Option<Cow<'a, [u8]>>,
    /// XMP that did not fit into the first packet.
    more_xmp: Option<Vec<u8>>,
    /// IPTC's datasets.
    pub(crate) iptc: Option<Cow<'a, [u8]>>,
    /// Named texts.
    pub(crate) texts: Vec<(String, String)>,
}

/// Location of the Exif directories.
#[derive(Debug, Clone, Default)]
enum Directories<'a> {
    #[default]
    Nowhere,
    /// A separate block.
    Block(Cow<'a, [u8]>),
    /// The file's own directories.
    File(&'a [u8]),
    /// Separate blocks for each directory.
    Parts([Option<&'a [u8]>; 3]),
}

impl<'a> Carriers<'a> {
    /// Selects the first of each kind among the blocks of a file, in their order.
    pub(crate) fn of(blocks: Vec<Block<'a>>) -> Self {
        let mut carriers = Self::default();
        let mut more = Vec::new();
        for block in blocks {
            let is_new = {
                let exif = carriers.exif();
                exif.first.is_none() && exif.shot.is_none()
            };
            match block {
                Block::Exif(block) if is_new => carriers.directories = Directories::Block(block),
                Block::File(bytes) if is_new => carriers.directories = Directories::File(bytes),
                Block::Parts(parts) if is_new => carriers.directories = Directories::Parts(parts),
                Block::Xmp(packet) if carriers.xmp.is_none() => carriers.xmp = Some(packet),
                Block::MoreXmp(name, packet) => more.push((name, packet)),
                Block::Iptc(datasets) if carriers.iptc.is_none() => carriers.iptc = Some(datasets),
                Block::Text(name, text) => carriers.texts.push((name, text)),
                _ => {}
            }
        }
        // A program that wrote a new packet may have left behind parts of the old one.
        let names = |name: &[u8]| carriers.xmp.iter().any(|packet| packet.windows(name.len()).any(|w| w == name));
        carriers.more_xmp = more.into_iter().find(|(name, _)| names(name)).map(|(_, packet)| packet);
        carriers
    }

    /// Returns the Exif directories.
    pub(crate) fn exif(&self) -> Exif<'_> {
        match &self.directories {
            Directories::Nowhere => Exif::default(),
            Directories::Block(block) => Exif::read(block),
            Directories::File(bytes) => Exif::read(bytes),
            Directories::Parts(parts) => Exif::of_parts(*parts),
        }
    }

    /// Returns the block of Exif, if it is a separate one.
    pub(crate) fn block(&self) -> Option<&[u8]> {
        match &self.directories {
            Directories::Block(block) => Some(block),
            Directories::Nowhere | Directories::File(_) | Directories::Parts(_) => None,
        }
    }

    /// Returns the parsed XMP, and the reason if the first packet could not be read. Errors in the additional packet are not
    /// reported: it rarely contains anything but depth maps.
    pub(crate) fn packets(&self) -> (Packets<'_>, Option<String>) {
        let parse = |packet| xmp::text(packet).and_then(Xmp::parse);
        let first = self.xmp.as_deref().map(parse).transpose();
        let more = self.more_xmp.as_deref().and_then(|packet| parse(packet).ok());
        match first {
            Ok(first) => (Packets(first.into_iter().chain(more).collect()), None),
            Err(reason) => (Packets(more.into_iter().collect()), Some(reason)),
        }
    }

    /// Returns the text with this name.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.texts.iter().find(|(found, _)| found == name).map(|(_, text)| text.clone())
    }
}

/// Returns the IPTC in Photoshop's resources, if there is any.
pub(crate) fn of_resources(resources: Cow<'_, [u8]>) -> Option<Block<'_>> {
    Some(Block::Iptc(match resources {
        Cow::Borrowed(bytes) => Cow::Borrowed(iptc::in_resources(bytes)?),
        Cow::Owned(bytes) => Cow::Owned(iptc::in_resources(&bytes)?.to_vec()),
    }))
}
