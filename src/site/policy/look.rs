//! How galleries look: in which theme, and which have a light copy beside.
//!
//! A theme goes from a gallery with galleries inside to all of them; `light_mode` is a gallery's own, or else the site's.

use crate::source::{Folder, RootSettings, Theme};

/// The look of one gallery.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::site) struct GalleryLook {
    /// Its theme.
    pub(in crate::site) theme: Theme,
    /// Whether it has a light copy.
    pub(in crate::site) light: bool,
}

/// What the root settings say of the looks of galleries.
pub(in crate::site) struct Looks {
    /// The theme of the front page and of stories right below it.
    site: Theme,
    /// The theme of indexes right below the front page.
    nested: Theme,
    /// Whether each story has a light copy.
    light_copies: bool,
}

impl Looks {
    pub(in crate::site) fn of(root: &RootSettings) -> Self {
        let site = root.settings.theme.unwrap_or_default();
        let nested = root.theme.unwrap_or(site);
        Self { site, nested, light_copies: root.settings.light_mode.is_some_and(|light| light.value) }
    }

    /// The look of a gallery in a gallery with the theme `around`, or on the front page.
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
