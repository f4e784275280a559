//! The announcement of a site whose settings are made up.

use crate::machine::progress::Progress;
use crate::site::Fragment;
use crate::source::{Folder, Source};

/// Tells the user that a folder without settings is shown as a site.
pub fn announce(source: &Source, progress: &dyn Progress) {
    if source.made_up {
        let line = format!("no `settings.yaml` here: showing {}; `cimaise init` writes the settings", describe(source));
        progress.tell(&line);
    }
}

/// Describes the site made of a folder, as "the folder as the site `Holidays` with 3 galleries".
#[must_use]
pub fn describe(source: &Source) -> String {
    let title = Fragment::new(source.settings.title.value.clone()).plain();
    let count = galleries(&source.galleries);
    format!("the folder as the site `{title}` with {count} {}", if count == 1 { "gallery" } else { "galleries" })
}

fn galleries(folders: &[Folder]) -> usize {
    folders.iter().map(|folder| 1 + galleries(&folder.children)).sum()
}
