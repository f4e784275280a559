//! The properties of a theme that views need: the sizes of its pictures, and the files that it offers.

use std::fmt::Debug;

use super::ratio::Ratio;
use crate::plan::{OfferedFile, OfferedPicture};
use pixels::Size;

/// The place where a picture is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PicturePlace<'a> {
    /// Fills the screen, cropped.
    Full,
    /// Alone, with a border.
    Bordered,
    /// In a row of pictures.
    Cell {
        /// The ratios of all pictures in the row.
        row: &'a [Ratio],
        /// The picture's number in the row.
        at: usize,
        /// Whether the row is narrowed so that it is not higher than the screen.
        tall: bool,
        /// Whether the group has no other picture.
        alone: bool,
    },
    /// Next to a text, in a box of this CSS width.
    Aside {
        /// A checked CSS value.
        width: &'a str,
    },
    /// Portrait of an author.
    Author,
    /// In a panorama strip that scrolls.
    Panorama,
    /// On a tile in an index, cropped.
    Tile {
        /// Number of tiles in the row, 1 to 3.
        columns: u8,
    },
    /// On the link to a neighbouring gallery, cropped.
    Neighbour {
        /// Whether the page links to one neighbour only.
        alone: bool,
    },
}

/// The way in which a theme shows pictures.
pub(super) trait Look: Debug + Sync {
    /// Returns the `sizes` attribute of a picture of this size; must match the theme's style sheet.
    fn sizes(&self, place: PicturePlace<'_>, size: Size) -> String;

    /// Chooses from the files of one format of a picture of this size, from narrow to wide: the files to offer, and the file for browsers
    /// without `srcset`.
    fn choose<'f, 'p>(
        &self,
        place: PicturePlace<'_>,
        size: Size,
        files: &'f [OfferedFile<'p>],
    ) -> (&'f [OfferedFile<'p>], Option<&'f OfferedFile<'p>>);

    /// Returns the file that a picture links to.
    fn opens<'p>(&self, picture: &OfferedPicture<'p>) -> Option<OfferedFile<'p>>;
}
