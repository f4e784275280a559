//! The templates of each theme.
//!
//! In: views, which are the same in every theme. Out: HTML. A theme is a file here, which says how it shows pictures and names its
//! templates, and its name in [`Theme`]. It must not compute anything that a view could hold.

mod exposure;
mod light;

use super::look::Look;
use super::views::{BodyView, PageView, SectionView};
use crate::source::Theme;

pub(super) use exposure::part;

/// A theme.
pub(super) struct ThemeTemplates {
    /// How the theme shows pictures.
    pub(super) look: &'static dyn Look,
    /// Text of its style sheet: one file for the whole site, so that the second page finds it in the browser's cache.
    pub(super) style: &'static str,
    /// Text of its script, which runs once the page has loaded; empty if the theme has none.
    pub(super) script: &'static str,
    /// Prints a page around its body.
    pub(super) page: fn(&PageView<'_>) -> String,
    /// Prints the body of a page.
    pub(super) body: fn(&BodyView<'_>) -> String,
    /// Prints a section.
    pub(super) section: fn(&SectionView<'_>) -> String,
}

/// The templates of a theme.
pub(super) fn templates(theme: Theme) -> &'static ThemeTemplates {
    match theme {
        Theme::Exposure => &exposure::TEMPLATES,
        Theme::Light => &light::TEMPLATES,
    }
}
