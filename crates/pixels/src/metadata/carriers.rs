//! Where files carry metadata: the blocks of Exif, XMP and IPTC in each container, and texts.
//!
//! In: the bytes of a file; its content decides what it is. Out: its blocks, as they stand there or unpacked. What a block
//! says is not known here.

use std::borrow::Cow;

use super::exif::Exif;
use super::iptc;
use super::xmp::{self, Packets, Xmp};

/// The most that the packed blocks of a file may unpack to, all together.
pub(crate) const MOST_UNPACKED: u64 = 8 << 20;

/// A block of metadata in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block<'a> {
    /// Exif, without any prefix.
    Exif(Cow<'a, [u8]>),
    /// A TIFF file, whose own directories are Exif's.
    File(&'a [u8]),
    /// Exif's directories cut apart: of the picture, of the shot, of the place.
    Parts([Option<&'a [u8]>; 3]),
    /// A packet of XMP.
    Xmp(Cow<'a, [u8]>),
    /// A packet of XMP that another goes on in, which names it so.
    MoreXmp(&'a [u8], Vec<u8>),
    /// IPTC's datasets.
    Iptc(Cow<'a, [u8]>),
    /// A text with its name.
    Text(String, String),
    /// A whole file inside or behind this one: a preview, a second picture, a film.
    Nested(&'a [u8]),
}

/// How far a file is looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// As far as what a reader would show: nothing behind the pixels of a JPEG.
    Shown,
    /// To the end.
    All,
}

/// The blocks that a reader of the file would heed: of each kind the first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Carriers<'a> {
    directories: Directories<'a>,
    /// XMP.
    pub(crate) xmp: Option<Cow<'a, [u8]>>,
    /// What did not fit into it.
    more_xmp: Option<Vec<u8>>,
    /// IPTC's datasets.
    pub(crate) iptc: Option<Cow<'a, [u8]>>,
    /// Named texts.
    pub(crate) texts: Vec<(String, String)>,
}

/// Where the directories of Exif are.
#[derive(Debug, Clone, Default)]
enum Directories<'a> {
    #[default]
    Nowhere,
    /// In a block that stands for itself.
    Block(Cow<'a, [u8]>),
    /// They are the file's own.
    File(&'a [u8]),
    /// Cut apart.
    Parts([Option<&'a [u8]>; 3]),
}

impl<'a> Carriers<'a> {
    /// The first of each kind among the blocks of a file, in its order.
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
        // A program that has written a new packet may have left behind what belonged to the old one.
        let names = |name: &[u8]| carriers.xmp.iter().any(|packet| packet.windows(name.len()).any(|w| w == name));
        carriers.more_xmp = more.into_iter().find(|(name, _)| names(name)).map(|(_, packet)| packet);
        carriers
    }

    /// The directories of Exif.
    pub(crate) fn exif(&self) -> Exif<'_> {
        match &self.directories {
            Directories::Nowhere => Exif::default(),
            Directories::Block(block) => Exif::read(block),
            Directories::File(bytes) => Exif::read(bytes),
            Directories::Parts(parts) => Exif::of_parts(*parts),
        }
    }

    /// The block of Exif, if it stands for itself.
    pub(crate) fn block(&self) -> Option<&[u8]> {
        match &self.directories {
            Directories::Block(block) => Some(block),
            Directories::Nowhere | Directories::File(_) | Directories::Parts(_) => None,
        }
    }

    /// XMP, parsed, and why it was not read if there is any that was not. Of what did not fit into the packet nothing is said
    /// then: it is rarely anything but maps of depth.
    pub(crate) fn packets(&self) -> (Packets<'_>, Option<String>) {
        let parse = |packet| xmp::text(packet).and_then(Xmp::parse);
        let first = self.xmp.as_deref().map(parse).transpose();
        let more = self.more_xmp.as_deref().and_then(|packet| parse(packet).ok());
        match first {
            Ok(first) => (Packets(first.into_iter().chain(more).collect()), None),
            Err(reason) => (Packets(more.into_iter().collect()), Some(reason)),
        }
    }

    /// The text of this name.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.texts.iter().find(|(found, _)| found == name).map(|(_, text)| text.clone())
    }
}

/// Photoshop's resources, if there is IPTC in them.
pub(crate) fn of_resources(resources: Cow<'_, [u8]>) -> Option<Block<'_>> {
    Some(Block::Iptc(match resources {
        Cow::Borrowed(bytes) => Cow::Borrowed(iptc::in_resources(bytes)?),
        Cow::Owned(bytes) => Cow::Owned(iptc::in_resources(&bytes)?.to_vec()),
    }))
}
