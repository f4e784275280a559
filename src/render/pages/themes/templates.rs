//! What a theme consists of.

use crate::render::pages::look::Look;
use crate::render::pages::views::{BodyView, PageView, SectionView};

/// A theme.
pub(in crate::render::pages) struct ThemeTemplates {
    /// How the theme shows pictures.
    pub(in crate::render::pages) look: &'static dyn Look,
    /// Text of its style sheet: one file for the whole site, so that the second page finds it in the browser's cache.
    pub(in crate::render::pages) style: &'static str,
    /// Text of its script, which runs once the page has loaded; empty if the theme has none.
    pub(in crate::render::pages) script: &'static str,
    /// Prints a page around its body.
    pub(in crate::render::pages) page: fn(&PageView<'_>) -> String,
    /// Prints the body of a page.
    pub(in crate::render::pages) body: fn(&BodyView<'_>) -> String,
    /// Prints a section.
    pub(in crate::render::pages) section: fn(&SectionView<'_>) -> String,
}
