//! The templates of each theme.
//!
//! In: views, which are the same in every theme. Out: HTML. A theme is a file here, which says how it shows pictures and names its
//! templates, and its name in [`Theme`]. It must not compute anything that a view could hold.

mod exposure;
mod light;
mod templates;

use self::templates::ThemeTemplates;
use crate::source::Theme;

pub(super) use exposure::part;

/// The templates of a theme.
pub(super) fn templates(theme: Theme) -> &'static ThemeTemplates {
    match theme {
        Theme::Exposure => &exposure::TEMPLATES,
        Theme::Light => &light::TEMPLATES,
    }
}
