//! Tiles, which represent galleries in an index.

use super::picture::PictureView;
use crate::render::pages::context::Context;
use crate::render::pages::date::DatesView;
use crate::render::pages::look::PicturePlace;
use crate::site::{Cover, GalleryId};

/// A tile of an index.
#[derive(Debug)]
pub(in crate::render::pages) struct TileView<'a> {
    pub(in crate::render::pages) href: String,
    pub(in crate::render::pages) title: &'a str,
    pub(in crate::render::pages) sub_title: &'a str,
    pub(in crate::render::pages) date: Option<DatesView>,
    pub(in crate::render::pages) tags: Vec<&'a str>,
    pub(in crate::render::pages) cover: Option<CoverView>,
    /// Number of tiles in the same row.
    pub(in crate::render::pages) columns: u8,
}

/// The picture on a tile.
#[derive(Debug)]
pub(in crate::render::pages) enum CoverView {
    /// A photo, or a frame of a video.
    Picture(PictureView),
    /// A substitute for the cover of a gallery whose password the readers of this page may not know.
    Locked,
}

impl CoverView {
    /// Creates the cover of a gallery: `None` if it has none, [`Self::Locked`] if it has another password than this page.
    pub(super) fn new(context: &mut Context<'_>, id: GalleryId, place: PicturePlace<'_>) -> Option<Self> {
        let gallery = context.gallery(id);
        if !context.may_show(gallery) {
            return Some(Self::Locked);
        }
        let cover = gallery.cover.as_ref()?;
        Some(context.of_gallery(id, |context| match cover {
            Cover::Photo(picture) => Self::Picture(PictureView::new(context, picture, place, "")),
            Cover::Video(video) => Self::Picture(PictureView::cover(context, video, place)),
        }))
    }
}

impl<'a> TileView<'a> {
    /// Creates the tiles of galleries. Rows of three are counted from the end, so the first row contains the remainder: a site's newest
    /// gallery may be alone at the top. A gallery whose cover this page may not show never is: the first one with a cover takes its place.
    pub(super) fn all(context: &mut Context<'a>, galleries: &[GalleryId]) -> Vec<Self> {
        let count = galleries.len();
        let mut galleries = galleries.to_vec();
        if columns(0, count) == 1
            && !context.theme.is_plain()
            && let Some(lead) = galleries.iter().position(|id| context.may_show(context.gallery(*id)))
        {
            galleries[..=lead].rotate_right(1);
        }
        galleries.iter().enumerate().map(|(at, &id)| Self::new(context, id, columns(at, count))).collect()
    }

    fn new(context: &mut Context<'a>, id: GalleryId, columns: u8) -> Self {
        let gallery = context.gallery(id);
        Self {
            href: context.gallery_link(id),
            title: gallery.title.html(),
            sub_title: gallery.sub_title.html().trim(),
            date: gallery.date.filter(|_| context.site.show_date).map(|date| context.words.day(date)),
            tags: gallery.tags.iter().map(String::as_str).collect(),
            cover: CoverView::new(context, id, PicturePlace::Tile { columns }),
            columns,
        }
    }
}

/// Returns the number of tiles in the row of tile `at`, of `count` tiles in total.
fn columns(at: usize, count: usize) -> u8 {
    match count % 3 {
        1 if at < 1 => 1,
        2 if at < 2 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::columns;

    fn rows(count: usize) -> Vec<u8> {
        (0..count).map(|at| columns(at, count)).collect()
    }

    #[test]
    fn the_first_row_holds_what_rows_of_three_leave_over() {
        assert_eq!(rows(0), [0u8; 0]);
        assert_eq!(rows(1), [1]);
        assert_eq!(rows(2), [2, 2]);
        assert_eq!(rows(3), [3, 3, 3]);
        assert_eq!(rows(4), [1, 3, 3, 3]);
        assert_eq!(rows(5), [2, 2, 3, 3, 3]);
        assert_eq!(rows(7), [1, 3, 3, 3, 3, 3, 3]);
    }
}
