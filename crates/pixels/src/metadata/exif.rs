//! Exif: TIFF directories of the picture, the shot and the location.

use jpeg::Orientation;

use super::tiff::Directory;

const ORIENTATION: u16 = 0x0112;
const EXIF_IFD: u16 = 0x8769;
const GPS_IFD: u16 = 0x8825;

/// The directories; damaged ones count as absent.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Exif<'a> {
    /// The directory of the picture: camera, artist, copyright.
    pub(crate) first: Option<Directory<'a>>,
    /// The directory of the shot: times, exposure, lens.
    pub(crate) shot: Option<Directory<'a>>,
    /// The directory of the location.
    pub(crate) place: Option<Directory<'a>>,
}

impl<'a> Exif<'a> {
    /// Finds the directories in a block (without the prefix `Exif\0\0` of JPEG) or a TIFF file.
    pub(crate) fn read(block: &'a [u8]) -> Self {
        let first = Directory::first(block);
        let inside = |tag| first.and_then(|first| first.inside(tag));
        Self { first, shot: inside(EXIF_IFD), place: inside(GPS_IFD) }
    }

    /// Reads directories that are the first ones of separate blocks.
    pub(crate) fn of_parts(parts: [Option<&'a [u8]>; 3]) -> Self {
        let [first, shot, place] = parts.map(|part| part.and_then(Directory::first));
        Self { first, shot, place }
    }

    /// Returns the transformation that turns the stored pixels upright.
    pub(crate) fn orientation(&self) -> Orientation {
        let turn = self.first.and_then(|first| first.find(ORIENTATION)?.uint());
        turn.map_or(Orientation::UPRIGHT, Orientation::from_exif)
    }
}
