//! The parts of a theme.

use crate::render::pages::look::Look;
use crate::render::pages::views::{BodyView, PageView};

/// Templates, style sheet and script of a theme.
pub(in crate::render::pages) struct ThemeTemplates {
    /// The way in which the theme shows pictures.
    pub(in crate::render::pages) look: &'static dyn Look,
    /// Text of the style sheet: one file for the whole site, so that browsers fetch it only once.
    pub(in crate::render::pages) style: &'static str,
    /// Text of the script, which runs after the page has loaded; empty if the theme has none.
    pub(in crate::render::pages) script: &'static str,
    /// Prints a page, including its body.
    pub(in crate::render::pages) page: fn(&PageView<'_>) -> String,
    /// Prints the body of a page, or one section of it.
    pub(in crate::render::pages) body: fn(&BodyView<'_>) -> String,
}
