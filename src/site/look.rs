//! How galleries look: in which theme, and which have a light copy beside.
//!
//! A theme goes from a gallery with galleries inside to all of them; `light_mode` is a gallery's own, or else the site's.

use std::collections::BTreeMap;

use crate::source::{Folder, RootSettings, SitePath, Theme};

/// The look of one gallery.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// Its theme.
    pub(super) theme: Theme,
    /// Whether it has a light copy.
    pub(super) light: bool,
}

/// The looks of all galleries, which stand after those that they are in.
pub(super) fn looks<'a>(
    folders: &[(&'a Folder, Option<&'a SitePath>)],
    root: &RootSettings,
) -> BTreeMap<&'a SitePath, Look> {
    let site = root.settings.theme.unwrap_or_default();
    let nested = root.theme.unwrap_or(site);
    let everywhere = root.settings.light_mode.is_some_and(|light| light.value);
    let mut looks: BTreeMap<&SitePath, Look> = BTreeMap::new();
    for (folder, parent) in folders {
        let settings = &folder.settings;
        let around = parent.and_then(|parent| looks.get(parent)).map(|look| look.theme);
        let look = if folder.children.is_empty() {
            let theme = around.unwrap_or(site);
            let light = settings.light_mode.map_or(everywhere, |light| light.value);
            Look { theme, light: light && theme != Theme::COPIES }
        } else {
            let theme = settings.theme.or(around).unwrap_or(nested);
            Look { theme, light: false }
        };
        looks.insert(&folder.path, look);
    }
    looks
}
