//! Made-up settings, as texts that `init` writes down.

use super::tree::Unwritten;
use crate::diagnostic::Report;
use crate::source::read::Reader;
use crate::source::{Folder, RootSettings, SETTINGS, SettingsKind, SitePath, modeline, shown, title_of_folder, typed};

/// The root settings of a new site, after its title.
const TEXT: &str = "\
# sub_title: A line below the title
# Where the site will be served: feeds, the sitemap and links for sharing need this address.
# url: https://example.org/photos
# lang: en
# menu:
#   - about: About
# The licence of your photos, which every page states. Pages state none unless you choose one:
# licence: All rights reserved
# licence: {name: CC-BY-SA-4.0, url: https://creativecommons.org/licenses/by-sa/4.0/}
# licence: {name: CC-BY-4.0, url: https://creativecommons.org/licenses/by/4.0/}
licence: false
# settings:
#   gm:
#     quality: 80
";

/// Returns the root settings of the site in a folder with this name.
#[must_use]
pub fn root_text(name: &str) -> String {
    format!("{}title: {}\n{TEXT}", modeline(SettingsKind::Root), shown(&title_of_folder(name)))
}

/// Reads the made-up root settings.
pub(super) fn root(name: &str, report: &mut Report) -> Option<RootSettings> {
    let file = report.map.add_made_up(SETTINGS, root_text(name));
    typed::settings(file, None, report, Reader::root)
}

/// Returns a gallery with made-up settings: only a title. `root` is the name of the site's folder.
#[must_use]
pub fn folder_of(unwritten: &Unwritten, root: &str, report: &mut Report) -> Option<Folder> {
    let path = &unwritten.path;
    let titled = unwritten.photos.as_ref().unwrap_or(path);
    let title = title_of_folder(if titled.is_root() { root } else { titled.name() });
    let file = report.map.add_made_up(path.child(SETTINGS).as_str(), format!("title: {}\n", shown(&title)));
    let settings = typed::settings(file, None, report, Reader::gallery)?;
    let photos = unwritten.photos.clone().unwrap_or_else(|| path.clone());
    Some(Folder { path: path.clone(), photos, settings, children: Vec::new() })
}

/// Nests galleries that are sorted by path.
pub(super) fn nested(folders: Vec<Folder>) -> Vec<Folder> {
    let mut top: Vec<Folder> = Vec::new();
    for folder in folders {
        insert(&mut top, folder);
    }
    top
}

fn insert(into: &mut Vec<Folder>, folder: Folder) {
    let is_around = |last: &&mut Folder| folder.path.is_within(&last.path) && folder.path != SitePath::root();
    match into.last_mut().filter(is_around) {
        Some(around) => insert(&mut around.children, folder),
        None => into.push(folder),
    }
}
