//! The photos and videos that no page shows.
//!
//! In: a source, and the site made of it. Out: [`Unshown`]: what the author may have forgotten. Opens no file.

use std::collections::{BTreeMap, BTreeSet};

use crate::site::model::Site;
use crate::source::{SitePath, Source, is_content, is_picture, is_video};

/// Photos and videos that no page shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unshown {
    /// Files in folders of which other photos are shown, sorted by path.
    pub files: Vec<String>,
    /// Folders of which nothing is shown, with the number of photos and videos directly inside, sorted by path.
    pub folders: Vec<(String, usize)>,
}

impl Unshown {
    /// Returns the number of photos and videos.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.len() + self.folders.iter().map(|(_, count)| count).sum::<usize>()
    }
}

/// Lists the photos and videos that no page shows, and that are not published unchanged.
#[must_use]
pub fn unshown(source: &Source, site: &Site) -> Unshown {
    let shown: BTreeSet<&SitePath> =
        site.photos.iter().map(|photo| &photo.path).chain(site.videos.iter().map(|video| &video.path)).collect();
    let attached: BTreeSet<_> = site.attachments.iter().map(|attachment| &attachment.absolute).collect();
    // A link shows the same file under another name.
    let known: BTreeSet<_> = site
        .photos
        .iter()
        .map(|photo| &photo.absolute)
        .chain(site.videos.iter().map(|video| &video.absolute))
        .collect();
    let is_media = |path: &SitePath| (is_picture(path.name()) || is_video(path.name())) && path.parts().all(is_content);
    let mut by_folder: BTreeMap<SitePath, Vec<&SitePath>> = BTreeMap::new();
    for (path, file) in source.files.iter().filter(|(path, _)| is_media(path)) {
        if !shown.contains(path) && !known.contains(&file.absolute) && !attached.contains(&file.absolute) {
            by_folder.entry(path.parent().unwrap_or_default()).or_default().push(path);
        }
    }
    let in_use: BTreeSet<SitePath> = shown.iter().filter_map(|path| path.parent()).collect();
    let mut unshown = Unshown::default();
    for (folder, files) in by_folder {
        match folder.is_root() || in_use.contains(&folder) {
            true => unshown.files.extend(files.into_iter().map(ToString::to_string)),
            false => unshown.folders.push((folder.to_string(), files.len())),
        }
    }
    unshown
}
