//! The link to the parent page.

use crate::render::pages::context::Context;
use crate::site::{Gallery, GalleryId};

/// A link to the parent page.
#[derive(Debug)]
pub(in crate::render::pages) struct BackView<'a> {
    pub(in crate::render::pages) href: String,
    pub(in crate::render::pages) title: &'a str,
}

impl<'a> BackView<'a> {
    /// Returns the link from a gallery's page to its index, or to the front page.
    pub(super) fn new(context: &Context<'a>, gallery: &'a Gallery) -> Self {
        Self::to(context, gallery.parent)
    }

    /// Returns the link to a gallery's page; without a gallery, to the front page.
    pub(in crate::render::pages) fn to(context: &Context<'a>, gallery: Option<GalleryId>) -> Self {
        match gallery {
            Some(parent) => Self { href: context.gallery_link(parent), title: context.gallery(parent).title.html() },
            None => Self { href: context.front_link(), title: context.site.title.html() },
        }
    }
}
