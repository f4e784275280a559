//! The text over a picture that fills the screen.

use crate::render::pages::date::{DatesView, Words};
use crate::site::Overlay;

/// Title, second title and dates.
#[derive(Debug)]
pub(super) struct OverlayView<'a> {
    pub(super) title: &'a str,
    pub(super) sub_title: &'a str,
    pub(super) dates: Option<DatesView>,
    /// Whether its title is that of the page.
    pub(super) heads_page: bool,
}

impl<'a> OverlayView<'a> {
    /// `None` if nothing would be seen.
    pub(super) fn new(overlay: &'a Overlay, words: Words<'_>, heads_page: bool) -> Option<Self> {
        let view = Self {
            title: overlay.title.html().trim(),
            sub_title: overlay.sub_title.html().trim(),
            dates: words.range(overlay.date, overlay.date_end),
            heads_page,
        };
        (!view.title.is_empty() || !view.sub_title.is_empty() || view.dates.is_some()).then_some(view)
    }
}
