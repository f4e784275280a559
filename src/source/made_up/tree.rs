//! The galleries that folders of photos become.
//!
//! In: the paths of all files, and the galleries that exist. Out: the galleries that are missing. A folder of photos is a gallery, and
//! every folder around it an index. Photos beside such folders get a gallery of their own. Pure.

use std::collections::BTreeSet;

use crate::source::{Folder, SitePath, is_content, is_picture, is_video, templates};

/// Folder of a gallery for photos beside galleries.
const BESIDE: &str = "photos";

/// Folder in the root that is published unchanged.
const STATIC: &str = "static";

/// A gallery without settings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unwritten {
    /// Path of the gallery.
    pub path: SitePath,
    /// The folder of its photos; `None` for an index.
    pub photos: Option<SitePath>,
}

/// Returns whether a file is a photo or a video that a made-up gallery shows.
pub(super) fn is_media(path: &SitePath) -> bool {
    (is_picture(path.name()) || is_video(path.name())) && path.parts().all(is_content)
}

/// Returns the galleries that these files lack, sorted by path. `root` is whether photos in the root get a gallery as well.
#[must_use]
pub fn unwritten<'a>(files: impl Iterator<Item = &'a SitePath>, existing: &[Folder], root: bool) -> Vec<Unwritten> {
    let files: BTreeSet<&SitePath> = files.collect();
    let homes = files.iter().filter(|path| is_media(path)).filter_map(|path| path.parent());
    let homes: BTreeSet<SitePath> = homes.collect();
    let known = ExistingGalleries::of(existing, &homes);
    let homes: BTreeSet<SitePath> =
        homes.into_iter().filter(|home| known.may_grow(home) && (root || !home.is_root())).collect();
    let around = homes.iter().flat_map(|home| std::iter::successors(Some(home.clone()), SitePath::parent));
    let all: BTreeSet<SitePath> = around.filter(|path| !path.is_root()).collect();
    let inner = |path: &SitePath| {
        let has = |other: &SitePath| other != path && other.is_within(path);
        all.range(path.clone()..).take_while(|other| other.is_within(path)).any(has)
            || known.all.iter().any(|other| has(other))
    };
    let mut new = BTreeSet::new();
    for path in all.iter().filter(|path| !known.all.contains(*path)) {
        let is_index = inner(path);
        new.insert(Unwritten { path: path.clone(), photos: (!is_index).then(|| path.clone()) });
    }
    let taken = |path: &SitePath| {
        all.contains(path) || known.all.contains(path) || files.iter().any(|file| file.is_within(path))
    };
    for home in homes.iter().filter(|home| (home.is_root() || inner(home)) && !known.all.contains(*home)) {
        let names = (1..).map(|number| if number == 1 { BESIDE.to_owned() } else { format!("{BESIDE}-{number}") });
        let path = names.map(|name| home.child(&name)).find(|path| !taken(path));
        new.extend(path.map(|path| Unwritten { path, photos: Some(home.clone()) }));
    }
    new.into_iter().collect()
}

/// The galleries that exist.
struct ExistingGalleries<'a> {
    all: BTreeSet<&'a SitePath>,
    /// Galleries without galleries inside, which must stay so.
    leaves: BTreeSet<&'a SitePath>,
}

impl<'a> ExistingGalleries<'a> {
    fn of(folders: &'a [Folder], homes: &BTreeSet<SitePath>) -> Self {
        let mut known = Self { all: BTreeSet::new(), leaves: BTreeSet::new() };
        known.add(folders, homes);
        known
    }

    fn add(&mut self, folders: &'a [Folder], homes: &BTreeSet<SitePath>) {
        for folder in folders {
            let settings = &folder.settings;
            let is_page = settings.sections.is_some() || settings.static_page.is_some();
            self.all.insert(&folder.path);
            if folder.children.is_empty() && (is_page || homes.contains(&folder.path)) {
                self.leaves.insert(&folder.path);
            }
            self.add(&folder.children, homes);
        }
    }

    /// Returns whether a folder may become a gallery.
    fn may_grow(&self, home: &SitePath) -> bool {
        let first = home.parts().next();
        let mut around = std::iter::successors(Some(home.clone()), SitePath::parent);
        first != Some(STATIC) && first != Some(templates::FOLDER) && !around.any(|path| self.leaves.contains(&path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn galleries(files: &[&str]) -> Vec<String> {
        let files: Vec<SitePath> = files.iter().map(|file| SitePath::root().join(file).expect("inside")).collect();
        let said = |gallery: Unwritten| match gallery.photos {
            Some(photos) => format!("{} shows {photos}", gallery.path),
            None => format!("{} lists", gallery.path),
        };
        unwritten(files.iter(), &[], true).into_iter().map(said).collect()
    }

    #[test]
    fn a_flat_folder_is_one_gallery() {
        assert_eq!(galleries(&["1.jpg", "film.mp4", "note.txt"]), ["photos shows ."]);
        assert_eq!(galleries(&["note.txt", ".hidden/1.jpg", "a/@eaDir/1.jpg", "static/1.jpg"]), [""; 0]);
    }

    #[test]
    fn folders_nest_and_parents_list() {
        let files = ["2024/Rome/1.jpg", "2024/Rome/day 2/x/2.heic", "2023/1.jpg", "3.jpg"];
        let expected = ["2023 shows 2023", "2024 lists", "2024/Rome lists", "2024/Rome/day 2 lists"];
        let more = ["2024/Rome/day 2/x shows 2024/Rome/day 2/x", "2024/Rome/photos shows 2024/Rome", "photos shows ."];
        assert_eq!(galleries(&files), [&expected[..], &more].concat());
    }

    #[test]
    fn a_name_in_use_is_not_taken() {
        assert_eq!(galleries(&["1.jpg", "photos/1.jpg"]), ["photos shows photos", "photos-2 shows ."]);
        assert_eq!(galleries(&["1.jpg", "photos/a.txt"]), ["photos-2 shows ."]);
    }
}
