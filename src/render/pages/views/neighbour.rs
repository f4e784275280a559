//! Links at the end of a story, to the previous and the next gallery in the same index.

use super::tile::CoverView;
use crate::render::pages::context::Context;
use crate::render::pages::look::PicturePlace;
use crate::site::GalleryId;

/// A link to another gallery.
#[derive(Debug)]
pub(in crate::render::pages) struct NeighbourView<'a> {
    pub(in crate::render::pages) href: String,
    pub(in crate::render::pages) title: &'a str,
    pub(in crate::render::pages) cover: Option<CoverView>,
    /// Whether the gallery follows in the index, rather than precedes.
    pub(in crate::render::pages) next: bool,
}

impl<'a> NeighbourView<'a> {
    /// Returns the neighbours of a gallery in its index; none if the index does not show the gallery.
    pub(super) fn all(context: &mut Context<'a>, id: GalleryId) -> Vec<Self> {
        let [before, after] = context.site.neighbours(id);
        let alone = before.is_none() || after.is_none();
        let both = [(before, false), (after, true)].into_iter();
        both.filter_map(|(id, next)| Some(Self::new(context, id?, next, alone))).collect()
    }

    fn new(context: &mut Context<'a>, id: GalleryId, next: bool, alone: bool) -> Self {
        let gallery = context.gallery(id);
        Self {
            href: context.gallery_link(id),
            title: gallery.title.html(),
            cover: CoverView::new(context, id, PicturePlace::Neighbour { alone }),
            next,
        }
    }
}
