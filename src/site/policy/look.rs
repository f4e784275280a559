//! The look of galleries: their themes, and whether they have light copies.
//!
//! In: root settings, and the settings of a folder. Out: theme and light copy of that gallery. The theme of a gallery
//! applies to all galleries inside; `light_mode` is set per gallery, with the site's value as default.

use crate::source::{Folder, RootSettings, Theme};

/// The look of one gallery.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::site) struct GalleryLook {
    /// Theme of the page.
    pub(in crate::site) theme: Theme,
    /// Whether the gallery has a light copy.
    pub(in crate::site) light: bool,
}

/// The settings of the root that decide about the look of galleries.
pub(in crate::site) struct Looks {
    /// Theme of the front page and of the stories directly below it.
    site: Theme,
    /// Theme of the indexes directly below the front page.
    nested: Theme,
    /// Whether stories have light copies by default.
    light_copies: bool,
}

impl Looks {
    pub(in crate::site) fn of(root: &RootSettings) -> Self {
        let site = root.settings.theme.unwrap_or_default();
        let nested = root.theme.unwrap_or(site);
        Self { site, nested, light_copies: root.settings.light_mode.is_some_and(|light| light.value) }
    }

    /// Returns the look of a gallery inside a gallery with the theme `around`; `None` is the front page.
    pub(in crate::site) fn look(&self, folder: &Folder, around: Option<Theme>) -> GalleryLook {
        let settings = &folder.settings;
        if folder.children.is_empty() {
            let theme = around.unwrap_or(self.site);
            let light = settings.light_mode.map_or(self.light_copies, |light| light.value);
            return GalleryLook { theme, light: light && theme != Theme::COPIES };
        }
        let theme = settings.theme.or(around).unwrap_or(self.nested);
        GalleryLook { theme, light: false }
    }
}
