//! The templates of each theme.
//!
//! In: views, which are the same for every theme. Out: HTML. A theme consists of a file here, which defines how pictures are shown and
//! lists the templates, and of a name in [`Theme`]. Must not compute anything that a view could contain.

mod exposure;
mod exposure_rows;
mod exposure_sizes;
mod light;
mod templates;

use self::templates::ThemeTemplates;
use crate::source::Theme;

pub(super) use exposure::part;

/// Returns the templates of a theme.
pub(super) fn templates(theme: Theme) -> &'static ThemeTemplates {
    match theme {
        Theme::Exposure => &exposure::TEMPLATES,
        Theme::Light => &light::TEMPLATES,
    }
}
