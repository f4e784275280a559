//! Exif: TIFF's directories, of the picture, of the shot and of the place.

use jpeg::Orientation;

use super::tiff::Directory;

const ORIENTATION: u16 = 0x0112;
const EXIF_IFD: u16 = 0x8769;
const GPS_IFD: u16 = 0x8825;

/// The directories; what is damaged counts as absent.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Exif<'a> {
    /// Of the picture: camera, artist, copyright.
    pub(crate) first: Option<Directory<'a>>,
    /// Of the shot: times, exposure, lens.
    pub(crate) shot: Option<Directory<'a>>,
    /// Of the place.
    pub(crate) place: Option<Directory<'a>>,
}

impl<'a> Exif<'a> {
    /// Finds them in a block (without the `Exif\0\0` that JPEG puts before it) or a TIFF file.
    pub(crate) fn read(block: &'a [u8]) -> Self {
        let first = Directory::first(block);
        let inside = |tag| first.and_then(|first| first.inside(tag));
        Self { first, shot: inside(EXIF_IFD), place: inside(GPS_IFD) }
    }

    /// Each is the first directory of a block of its own.
    pub(crate) fn of_parts(parts: [Option<&'a [u8]>; 3]) -> Self {
        let [first, shot, place] = parts.map(|part| part.and_then(Directory::first));
        Self { first, shot, place }
    }

    /// How to turn the stored pixels.
    pub(crate) fn orientation(&self) -> Orientation {
        let turn = self.first.and_then(|first| first.find(ORIENTATION)?.uint());
        turn.map_or(Orientation::UPRIGHT, Orientation::from_exif)
    }
}
