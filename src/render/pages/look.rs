//! What views have to know of a theme: how large it shows pictures, and what its pages can hold.

use std::fmt::Debug;

use super::ratio::Ratio;
use crate::plan::{OfferedFile, OfferedPicture};

/// Where a picture is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PicturePlace<'a> {
    /// Over the whole screen, cropped.
    Full,
    /// Alone, with space around it.
    Bordered,
    /// In a row, of which it has this share.
    Cell {
        /// Of the row's width, 1 at most.
        share: Ratio,
        /// Whether the row is made narrower so that it is no higher than the screen.
        tall: bool,
    },
    /// Beside a text, in a box of this CSS width.
    Aside {
        /// A checked CSS value.
        width: &'a str,
    },
    /// A portrait.
    Author,
    /// In a strip to pan through.
    Panorama,
    /// On a tile in a row of this many, cropped.
    Tile {
        /// 1 to 3.
        columns: u8,
    },
    /// On the link to the next gallery, cropped.
    Neighbour,
}

/// How a theme shows pictures.
pub(super) trait Look: Debug + Sync {
    /// The `sizes` attribute of a picture of these proportions: what the theme's style sheet does, in the browser's terms.
    fn sizes(&self, place: PicturePlace<'_>, ratio: Ratio) -> String;

    /// The files to offer, of all files of one format from narrow to wide; and the one for browsers without `srcset`.
    fn choose<'f, 'p>(
        &self,
        place: PicturePlace<'_>,
        files: &'f [OfferedFile<'p>],
    ) -> (&'f [OfferedFile<'p>], Option<&'f OfferedFile<'p>>);

    /// The file that opens when a reader follows a picture's link.
    fn opens<'p>(&self, picture: &OfferedPicture<'p>) -> Option<OfferedFile<'p>>;
}
