//! A whole page: a story, a static page, an index or the front page.

use std::borrow::Cow;

use askama::Template;

use super::section::SectionView;
use super::tile::TileView;
use crate::plan::{Edition, OutputPath, PageKind};
use crate::render::pages::assets::Assets;
use crate::render::pages::context::Context;
use crate::render::pages::date::DatesView;
use crate::render::pages::views::back::BackView;
use crate::render::pages::views::menu::MenuView;
use crate::render::pages::views::meta::MetaView;
use crate::render::pages::views::page::{About, is_right_to_left};
use crate::site::{Body, GalleryId, Section, SectionKind};

/// A page.
#[derive(Debug, Template)]
#[template(path = "light/page.html")]
pub(in crate::render::pages) struct LightView<'a> {
    language: &'a str,
    right_to_left: bool,
    window: String,
    description: String,
    listed: bool,
    style: String,
    icon: String,
    /// Of the page itself.
    meta: Option<MetaView>,
    /// Of a copy: where the page itself will be.
    canonical: Option<String>,
    back: Option<BackView<'a>>,
    /// Of a copy: the way to the page itself.
    full: Option<String>,
    menu: Option<MenuView<'a>>,
    title: Cow<'a, str>,
    sub_title: Cow<'a, str>,
    dates: Option<DatesView>,
    sections: Vec<SectionView<'a>>,
    tiles: Vec<TileView<'a>>,
    licence_name: &'a str,
    licence_url: &'a str,
}

impl<'a> LightView<'a> {
    /// Whatever the page shows.
    pub(in crate::render::pages) fn new(context: &mut Context<'a>, assets: &Assets, about: &About<'a>) -> Self {
        let site = context.site;
        let mut page = Self {
            language: about.language,
            right_to_left: is_right_to_left(about.language),
            window: about.window(site),
            description: about.description.plain(),
            listed: about.listed,
            style: context.link(&assets.light.path),
            icon: context.link(&assets.icon.path),
            meta: None,
            canonical: None,
            back: None,
            full: None,
            menu: None,
            title: Cow::Borrowed(site.title.html()),
            sub_title: Cow::Borrowed(site.sub_title.html().trim()),
            dates: None,
            sections: Vec::new(),
            tiles: Vec::new(),
            licence_name: site.licence.name.html().trim(),
            licence_url: site.licence.url.trim(),
        };
        if context.edition == Edition::Full {
            page.meta = Some(MetaView::new(context, about.kind).without_script());
        }
        match about.kind {
            PageKind::Front => {
                page.menu = Some(MenuView::new(context));
                page.tiles = site.front.iter().map(|&id| TileView::new(context, id)).collect();
            }
            PageKind::Gallery(id) => page.gallery(context, id),
        }
        page
    }

    fn gallery(&mut self, context: &mut Context<'a>, id: GalleryId) {
        let gallery = context.gallery(id);
        self.title = context.authored(gallery.title.html());
        self.sub_title = context.authored(gallery.sub_title.html().trim());
        self.back = Some(BackView::new(context, gallery));
        if context.edition == Edition::Light {
            self.full = Some(context.gallery_link(id));
            let address = context.site.address(&OutputPath::page(&gallery.path).url());
            self.canonical = address.filter(|_| gallery.password.is_none());
        }
        if !matches!(gallery.body, Body::Story(_)) {
            self.menu = Some(match context.edition {
                Edition::Full => MenuView::new(context),
                // What a template printed for the page itself leads from there.
                Edition::Light => MenuView::own(context),
            });
        }
        match &gallery.body {
            Body::Story(sections) => {
                self.dates = gallery.date.filter(|_| context.site.show_date).map(|date| context.words.day(date));
                let heads = self.take_heading(context, sections);
                self.sections = SectionView::all(context, sections, heads);
            }
            Body::Static(sections) => self.sections = SectionView::all(context, sections, false),
            Body::Index(children) => self.tiles = children.iter().map(|&id| TileView::new(context, id)).collect(),
        }
    }

    /// Lets the text over a first picture be the page's header, as in other themes. Whether it is.
    fn take_heading(&mut self, context: &Context<'a>, sections: &'a [Section]) -> bool {
        let Some(SectionKind::FullPicture { overlay: Some(overlay), .. }) = sections.first().map(|first| &first.kind)
        else {
            return false;
        };
        let is_written = context.written.is_some_and(|parts| parts.sections.contains_key(&0));
        if overlay.title.is_empty() || is_written {
            return false;
        }
        self.title = context.authored(overlay.title.html().trim());
        self.sub_title = context.authored(overlay.sub_title.html().trim());
        self.dates = context.words.range(overlay.date, overlay.date_end);
        true
    }
}
