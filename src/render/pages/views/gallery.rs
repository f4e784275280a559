//! The page of one gallery: a story, or a static page.

use askama::Template;

use super::back::BackView;
use super::menu::MenuView;
use super::neighbour::NeighbourView;
use super::section::SectionView;
use super::share::ShareView;
use crate::render::pages::context::Context;
use crate::render::pages::date::DatesView;
use crate::site::{Gallery, GalleryId, Section, SectionKind};

/// A story.
#[derive(Debug, Template)]
#[template(path = "exposure/story.html")]
pub(in crate::render::pages) struct StoryView<'a> {
    back: BackView<'a>,
    opening: OpeningView<'a>,
    sections: Vec<SectionView<'a>>,
    share: ShareView,
    neighbours: Vec<NeighbourView<'a>>,
}

/// How a story begins.
#[derive(Debug)]
struct OpeningView<'a> {
    kind: Opening,
    title: &'a str,
    sub_title: &'a str,
    date: Option<DatesView>,
}

/// Who says the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// A header above the first section.
    Header,
    /// The first section is a picture over the whole screen whose text is the title.
    Picture,
    /// The first section is such a picture without a text: the author wants it bare, so that only screen readers are
    /// told the title.
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

    /// Whether a picture stands at the very top of the page.
    fn is_picture(self) -> bool {
        self != Self::Header
    }
}

impl<'a> StoryView<'a> {
    /// The story of a gallery.
    pub(in crate::render::pages) fn new(
        context: &mut Context<'a>,
        id: GalleryId,
        gallery: &'a Gallery,
        sections: &'a [Section],
    ) -> Self {
        let is_written = context.written.is_some_and(|parts| parts.sections.contains_key(&0));
        let kind = match Opening::of(sections) {
            // Whether the site's own template prints a title is not known.
            Opening::Picture if is_written => Opening::BarePicture,
            kind => kind,
        };
        Self {
            back: BackView::new(context, gallery),
            opening: OpeningView {
                kind,
                title: gallery.title.html(),
                sub_title: gallery.sub_title.html().trim(),
                date: gallery.date.filter(|_| context.site.show_date).map(|date| context.words.day(date)),
            },
            sections: SectionView::all(context, sections, kind == Opening::Picture),
            share: ShareView::new(context, gallery),
            neighbours: NeighbourView::all(context, id),
        }
    }
}

/// A page apart from the stories, such as "About".
#[derive(Debug, Template)]
#[template(path = "exposure/static.html")]
pub(in crate::render::pages) struct StaticView<'a> {
    front: String,
    site_title: &'a str,
    menu: MenuView<'a>,
    title: &'a str,
    sub_title: &'a str,
    sections: Vec<SectionView<'a>>,
}

impl<'a> StaticView<'a> {
    /// A gallery as a static page.
    pub(in crate::render::pages) fn new(
        context: &mut Context<'a>,
        gallery: &'a Gallery,
        sections: &'a [Section],
    ) -> Self {
        Self {
            front: context.front_link(),
            site_title: context.site.title.html(),
            menu: MenuView::new(context),
            title: gallery.title.html(),
            sub_title: gallery.sub_title.html().trim(),
            sections: SectionView::all(context, sections, false),
        }
    }
}
