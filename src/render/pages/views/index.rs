//! A page of tiles: the front page, or the page of a gallery that contains galleries.

use std::borrow::Cow;

use super::back::BackView;
use super::menu::MenuView;
use super::tile::TileView;
use crate::render::pages::context::Context;
use crate::site::{Gallery, GalleryId};

/// Header and tiles of an index.
#[derive(Debug)]
pub(in crate::render::pages) struct IndexView<'a> {
    pub(in crate::render::pages) back: Option<BackView<'a>>,
    pub(in crate::render::pages) title: Cow<'a, str>,
    pub(in crate::render::pages) sub_title: Cow<'a, str>,
    pub(in crate::render::pages) menu: MenuView<'a>,
    pub(in crate::render::pages) tiles: Vec<TileView<'a>>,
}

impl<'a> IndexView<'a> {
    /// Creates the view of the front page.
    pub(in crate::render::pages) fn front(context: &mut Context<'a>) -> Self {
        let site = context.site;
        Self {
            back: None,
            title: site.title.html().into(),
            sub_title: site.sub_title.html().trim().into(),
            menu: MenuView::new(context),
            tiles: TileView::all(context, &site.front),
        }
    }

    /// Creates the view of a gallery that contains these galleries.
    pub(in crate::render::pages) fn nested(
        context: &mut Context<'a>,
        gallery: &'a Gallery,
        children: &[GalleryId],
    ) -> Self {
        Self {
            back: Some(BackView::new(context, gallery)),
            title: context.authored(gallery.title.html()),
            sub_title: context.authored(gallery.sub_title.html().trim()),
            menu: MenuView::new(context),
            tiles: TileView::all(context, children),
        }
    }
}
