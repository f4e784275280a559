//! A gallery in the list of an index.

use super::image::{COLUMN, ImageView, SMALL};
use crate::render::pages::context::Context;
use crate::render::pages::date::DatesView;
use crate::site::{Cover, GalleryId};

/// A line of the list.
#[derive(Debug)]
pub(super) struct TileView<'a> {
    pub(super) href: String,
    pub(super) title: &'a str,
    pub(super) sub_title: &'a str,
    pub(super) dates: Option<DatesView>,
    pub(super) tags: Vec<&'a str>,
    /// Nothing where it stays behind a password.
    pub(super) cover: Option<ImageView>,
    /// Whether that is so.
    pub(super) locked: bool,
}

impl<'a> TileView<'a> {
    /// A gallery's.
    pub(super) fn new(context: &mut Context<'a>, id: GalleryId) -> Self {
        let gallery = context.gallery(id);
        let shown = context.may_show(gallery);
        let cover = gallery.cover.as_ref().filter(|_| shown).map(|cover| {
            context.of_gallery(id, |context| match cover {
                Cover::Photo(picture) => ImageView::photo(context, picture, COLUMN, SMALL),
                Cover::Video(video) => ImageView::frame(context, video, SMALL),
            })
        });
        Self {
            href: context.gallery_link(id),
            title: gallery.title.html(),
            sub_title: gallery.sub_title.html().trim(),
            dates: gallery.date.filter(|_| context.site.show_date).map(|date| context.words.day(date)),
            tags: gallery.tags.iter().map(String::as_str).collect(),
            cover,
            locked: !shown,
        }
    }
}
