//! XMP files that photo programs keep beside pictures and videos: sidecars.
//!
//! In: the files of a site. Out: the sidecar of a file, and the file of a sidecar. `a.jpg.xmp` (digiKam, darktable) belongs to `a.jpg`
//! alone. `a.xmp` (Lightroom, Bridge) belongs to the RAW file of this name, or else to the pictures, or else to the video. Opens no file.

use std::collections::BTreeMap;

use crate::source::{FileEntry, SitePath, Source, is_picture, is_raw, is_video};

/// The kinds of files that share a name without extension.
#[derive(Debug, Clone, Copy, Default)]
struct Kinds {
    raw: bool,
    picture: bool,
    video: bool,
}

/// The sidecars of a site.
#[derive(Debug, Default)]
pub(in crate::site) struct Sidecars<'a> {
    /// Sidecars by their path without `.xmp`.
    files: BTreeMap<String, (&'a SitePath, &'a FileEntry)>,
    /// Kinds of the pictures and videos, by the start of a sidecar's path. Only where there is a sidecar.
    kinds: BTreeMap<String, Kinds>,
}

/// A sidecar of a file.
#[derive(Debug, Clone, Copy)]
pub(in crate::site) struct SidecarFile<'a> {
    /// Path in the site.
    pub(in crate::site) path: &'a SitePath,
    pub(in crate::site) file: &'a FileEntry,
    /// Whether the sidecar belongs to this file alone, so that it may turn the picture.
    pub(in crate::site) exact: bool,
}

impl<'a> Sidecars<'a> {
    /// Finds all sidecars of a site.
    pub(in crate::site) fn of(source: &'a Source) -> Self {
        let is_xmp = |path: &SitePath| path.extension().eq_ignore_ascii_case("xmp");
        let found = source.files.iter().filter(|(path, _)| is_xmp(path));
        let files: BTreeMap<_, _> = found.map(|(path, file)| (without_extension(path), (path, file))).collect();
        let mut kinds = BTreeMap::<String, Kinds>::new();
        for path in source.files.keys().filter(|_| !files.is_empty()) {
            let (name, whole) = (path.name(), path.as_str().to_owned());
            let kind = Kinds { raw: is_raw(name), picture: is_picture(name), video: is_video(name) };
            for start in [without_extension(path), whole].into_iter().filter(|start| files.contains_key(start)) {
                let known = kinds.entry(start).or_default();
                known.raw |= kind.raw;
                known.picture |= kind.picture;
                known.video |= kind.video;
            }
        }
        Self { files, kinds }
    }

    /// Returns the sidecar of a picture or video.
    pub(in crate::site) fn beside(&self, path: &SitePath) -> Option<SidecarFile<'a>> {
        let beside = |(path, file): &(&'a SitePath, &'a FileEntry), exact| SidecarFile { path, file, exact };
        if let Some(own) = self.files.get(path.as_str()) {
            return Some(beside(own, true));
        }
        let start = without_extension(path);
        let shared = self.files.get(&start)?;
        let kinds = self.kinds.get(&start).copied().unwrap_or_default();
        let counts = match () {
            () if is_raw(path.name()) => true,
            () if is_picture(path.name()) => !kinds.raw,
            () => !kinds.picture,
        };
        counts.then(|| beside(shared, is_raw(path.name())))
    }

    /// Returns whether a file is the sidecar of a picture or video, which may hold what nobody should read.
    pub(in crate::site) fn contains(&self, path: &SitePath) -> bool {
        let start = without_extension(path);
        let is_xmp = self.files.get(&start).is_some_and(|(known, _)| *known == path);
        is_xmp && self.kinds.get(&start).is_some_and(|kinds| kinds.picture || kinds.video)
    }
}

fn without_extension(path: &SitePath) -> String {
    let dot = path.extension().len() + usize::from(!path.extension().is_empty());
    path.as_str()[..path.as_str().len() - dot].to_owned()
}
