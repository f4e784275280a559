//! A page of tiles: the front page, or the page of a gallery that holds galleries.

use askama::Template;

use super::back::BackView;
use super::menu::MenuView;
use super::tile::TileView;
use crate::render::pages::context::Context;
use crate::site::{Gallery, GalleryId};

/// Its header and its tiles.
#[derive(Debug, Template)]
#[template(path = "exposure/index.html")]
pub(in crate::render::pages) struct IndexView<'a> {
    back: Option<BackView<'a>>,
    title: &'a str,
    sub_title: &'a str,
    menu: MenuView<'a>,
    tiles: Vec<TileView<'a>>,
}

impl<'a> IndexView<'a> {
    /// The front page.
    pub(in crate::render::pages) fn front(context: &mut Context<'a>) -> Self {
        let site = context.site;
        Self {
            back: None,
            title: site.title.html(),
            sub_title: site.sub_title.html().trim(),
            menu: MenuView::new(context),
            tiles: TileView::all(context, &site.front),
        }
    }

    /// The page of a gallery that holds these galleries.
    pub(in crate::render::pages) fn nested(
        context: &mut Context<'a>,
        gallery: &'a Gallery,
        children: &[GalleryId],
    ) -> Self {
        Self {
            back: Some(BackView::new(context, gallery)),
            title: gallery.title.html(),
            sub_title: gallery.sub_title.html().trim(),
            menu: MenuView::new(context),
            tiles: TileView::all(context, children),
        }
    }
}
