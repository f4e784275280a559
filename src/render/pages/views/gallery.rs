//! The page of a gallery with sections: a story or a static page.

use std::borrow::Cow;

use super::back::BackView;
use super::menu::MenuView;
use super::neighbour::NeighbourView;
use super::overlay::OverlayView;
use super::section::SectionView;
use super::share::ShareView;
use crate::plan::Edition;
use crate::render::pages::context::Context;
use crate::render::pages::date::DatesView;
use crate::site::{Gallery, GalleryId, Section, SectionKind};

/// A story.
#[derive(Debug)]
pub(in crate::render::pages) struct StoryView<'a> {
    pub(in crate::render::pages) back: BackView<'a>,
    /// Link from a light copy to the page itself.
    pub(in crate::render::pages) original: Option<String>,
    pub(in crate::render::pages) opening: OpeningView<'a>,
    pub(in crate::render::pages) sections: Vec<SectionView<'a>>,
    pub(in crate::render::pages) share: ShareView,
    pub(in crate::render::pages) neighbours: Vec<NeighbourView<'a>>,
}

/// The opening of a story.
#[derive(Debug)]
pub(in crate::render::pages) struct OpeningView<'a> {
    pub(in crate::render::pages) kind: Opening,
    pub(in crate::render::pages) title: Cow<'a, str>,
    pub(in crate::render::pages) sub_title: Cow<'a, str>,
    pub(in crate::render::pages) dates: Option<DatesView>,
}

/// The element that shows the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render::pages) enum Opening {
    /// A header above the first section.
    Header,
    /// The first section is a picture that fills the screen, and its overlay shows the title.
    Picture,
    /// The first section is such a picture without a title in an overlay. The author wants it bare, so only screen readers get the title.
    BarePicture,
}

impl Opening {
    fn of(sections: &[Section]) -> Self {
        match sections.first().map(|section| &section.kind) {
            Some(SectionKind::FullPicture { overlay: Some(overlay), .. }) if !overlay.title.is_empty() => Self::Picture,
            Some(SectionKind::FullPicture { .. }) => Self::BarePicture,
            _ => Self::Header,
        }
    }

    /// Whether the page starts with a picture.
    pub(in crate::render::pages) fn is_picture(self) -> bool {
        self != Self::Header
    }
}

impl<'a> StoryView<'a> {
    /// Creates the view of a gallery's story.
    pub(in crate::render::pages) fn new(
        context: &mut Context<'a>,
        id: GalleryId,
        gallery: &'a Gallery,
        sections: &'a [Section],
    ) -> Self {
        let is_written = context.written.is_some_and(|parts| parts.sections.contains_key(&0));
        let kind = match Opening::of(sections) {
            // It is unknown whether the site's own template prints a title.
            Opening::Picture if is_written => Opening::BarePicture,
            kind => kind,
        };
        Self {
            back: BackView::new(context, gallery),
            original: original(context, id),
            opening: OpeningView::new(context, gallery, sections, kind),
            sections: SectionView::all(context, sections, kind == Opening::Picture),
            share: ShareView::new(context, gallery),
            neighbours: NeighbourView::all(context, id),
        }
    }
}

impl<'a> OpeningView<'a> {
    fn new(context: &Context<'a>, gallery: &'a Gallery, sections: &'a [Section], kind: Opening) -> Self {
        let overlay = match sections.first().map(|section| &section.kind) {
            Some(SectionKind::FullPicture { overlay, .. }) if kind == Opening::Picture => overlay.as_ref(),
            _ => None,
        };
        if let Some(OverlayView { title, sub_title, dates, .. }) =
            overlay.and_then(|overlay| OverlayView::new(context, overlay, true))
        {
            return Self { kind, title, sub_title, dates };
        }
        Self {
            kind,
            title: context.authored(gallery.title.html()),
            sub_title: context.authored(gallery.sub_title.html().trim()),
            dates: gallery.date.filter(|_| context.site.show_date).map(|date| context.words.day(date)),
        }
    }
}

/// Returns the link from a light copy to the page itself.
fn original(context: &Context<'_>, id: GalleryId) -> Option<String> {
    (context.edition == Edition::Light).then(|| context.gallery_link(id))
}

/// A page apart from the stories, such as "About".
#[derive(Debug)]
pub(in crate::render::pages) struct StaticView<'a> {
    pub(in crate::render::pages) front: String,
    pub(in crate::render::pages) site_title: &'a str,
    pub(in crate::render::pages) back: BackView<'a>,
    /// Link from a light copy to the page itself.
    pub(in crate::render::pages) original: Option<String>,
    pub(in crate::render::pages) menu: MenuView<'a>,
    pub(in crate::render::pages) title: Cow<'a, str>,
    pub(in crate::render::pages) sub_title: Cow<'a, str>,
    pub(in crate::render::pages) sections: Vec<SectionView<'a>>,
}

impl<'a> StaticView<'a> {
    /// Creates the view of a static page.
    pub(in crate::render::pages) fn new(
        context: &mut Context<'a>,
        id: GalleryId,
        gallery: &'a Gallery,
        sections: &'a [Section],
    ) -> Self {
        Self {
            front: context.front_link(),
            site_title: context.site.title.html(),
            back: BackView::new(context, gallery),
            original: original(context, id),
            menu: MenuView::new(context),
            title: context.authored(gallery.title.html()),
            sub_title: context.authored(gallery.sub_title.html().trim()),
            sections: SectionView::all(context, sections, false),
        }
    }
}
