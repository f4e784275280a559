//! The text over a picture that fills the screen.

use std::borrow::Cow;

use crate::render::pages::context::Context;
use crate::render::pages::date::DatesView;
use crate::site::Overlay;

/// Title, subtitle and dates of an overlay.
#[derive(Debug)]
pub(in crate::render::pages) struct OverlayView<'a> {
    pub(in crate::render::pages) title: Cow<'a, str>,
    pub(in crate::render::pages) sub_title: Cow<'a, str>,
    pub(in crate::render::pages) dates: Option<DatesView>,
    /// Whether the title is also the title of the page.
    pub(in crate::render::pages) heads_page: bool,
}

impl<'a> OverlayView<'a> {
    /// Creates the view; `None` if it would be empty.
    pub(super) fn new(context: &Context<'_>, overlay: &'a Overlay, heads_page: bool) -> Option<Self> {
        let view = Self {
            title: context.authored(overlay.title.html().trim()),
            sub_title: context.authored(overlay.sub_title.html().trim()),
            dates: context.words.range(overlay.date, overlay.date_end),
            heads_page,
        };
        (!view.title.is_empty() || !view.sub_title.is_empty() || view.dates.is_some()).then_some(view)
    }
}
