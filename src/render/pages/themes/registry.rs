//! Which templates belong to which theme.

use super::templates::ThemeTemplates;
use super::{exposure, light};
use crate::source::Theme;

/// The templates of a theme.
pub(in crate::render::pages) fn templates(theme: Theme) -> &'static ThemeTemplates {
    match theme {
        Theme::Exposure => &exposure::TEMPLATES,
        Theme::Light => &light::TEMPLATES,
    }
}
