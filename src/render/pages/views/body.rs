//! The body of a page: a story, a static page or an index. Also a single section.

use super::gallery::{StaticView, StoryView};
use super::index::IndexView;
use super::section::SectionView;
use crate::plan::PageKind;
use crate::render::pages::context::Context;
use crate::site::Body;

/// The content of a page.
#[derive(Debug)]
pub(in crate::render::pages) enum BodyView<'a> {
    Story(StoryView<'a>),
    Static(StaticView<'a>),
    Index(IndexView<'a>),
    /// A single section, for a page of which the site's templates print the rest.
    Section(SectionView<'a>),
}

impl<'a> BodyView<'a> {
    /// Creates the body of a page of this kind.
    pub(in crate::render::pages) fn new(context: &mut Context<'a>, kind: PageKind) -> Self {
        let PageKind::Gallery(id) = kind else { return Self::Index(IndexView::front(context)) };
        let gallery = context.gallery(id);
        match &gallery.body {
            Body::Story(sections) => Self::Story(StoryView::new(context, id, gallery, sections)),
            Body::Static(sections) => Self::Static(StaticView::new(context, id, gallery, sections)),
            Body::Index(children) => Self::Index(IndexView::nested(context, gallery, children)),
        }
    }
}
