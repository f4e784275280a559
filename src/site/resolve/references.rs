//! Phase 2: which files the settings of the site name, and their numbers.
//!
//! In: the folders, and the names of all files. Out: [`References`]: each name is looked up once, by a single walk through the
//! sections. Numbers are given before anything is read, because sections that are laid out by proportion need the headers. Must not
//! open a file.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Report};
use crate::site::lookup::file_kind::{FileKind, is_shown, is_video, kind};
use crate::site::lookup::{FileNames, named_litter};
use crate::site::read::Listed;
use crate::site::resolve::folders::Folders;
use crate::site::resolve::mentioned::Mentioned;
use crate::source::{Folder, MediaKind, SitePath, Source, Spanned};

/// The files that the site shows, plays or links to.
pub(super) struct References<'a> {
    names: &'a FileNames<'a>,
    by_folder: BTreeMap<&'a SitePath, FolderReferences<'a>>,
    pub(super) photos: Numbered<'a>,
    pub(super) videos: Numbered<'a>,
    pub(super) sounds: Numbered<'a>,
    pub(super) links: Links<'a>,
}

/// The files of one folder's settings, by the texts that name them.
#[derive(Default)]
struct FolderReferences<'a> {
    names: BTreeMap<&'a str, &'a SitePath>,
    urls: BTreeMap<String, &'a SitePath>,
}

/// Files that markup and styles link to.
#[derive(Default)]
pub(super) struct Links<'a> {
    /// Pictures, whose metadata is stripped before they are published.
    pub(super) pictures: BTreeSet<&'a SitePath>,
    /// Other files, which are published as they are.
    pub(super) files: BTreeSet<&'a SitePath>,
    /// Files that only galleries with protected media link to. At their own place they would be open to all, so they are not
    /// published.
    pub(super) closed: BTreeSet<&'a SitePath>,
}

/// Files of one kind by number. A file that is reached by several names through symlinks has one number, and the first of the names
/// that are used.
#[derive(Default)]
pub(super) struct Numbered<'a> {
    pub(super) numbers: BTreeMap<&'a SitePath, usize>,
    /// By number.
    pub(super) files: Vec<Listed<'a>>,
}

/// The paths of files in use, by kind.
#[derive(Default)]
struct Used<'a> {
    photos: BTreeSet<&'a SitePath>,
    videos: BTreeSet<&'a SitePath>,
    sounds: BTreeSet<&'a SitePath>,
}

impl<'a> References<'a> {
    /// Walks through all galleries. Names that stand for nothing are passed over.
    pub(super) fn of(source: &'a Source, folders: &Folders<'a>, names: &'a FileNames<'a>) -> Self {
        let mut used = Used::default();
        for text in source.settings.data.texts() {
            used.add_by_name(text, || names.lookup(&SitePath::root(), text));
        }
        let (mut by_folder, mut open, mut closed) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        for gallery in &folders.list {
            let references = used.walk(gallery.folder, names);
            let links = if gallery.protection.closes_files() { &mut closed } else { &mut open };
            links.extend(references.urls.values().copied());
            by_folder.insert(&gallery.folder.path, references);
        }
        let links = Links::of(&open, &closed);
        used.photos.extend(&links.pictures);
        let number = |paths| Numbered::new(paths, source);
        let (photos, videos, sounds) = (number(used.photos), number(used.videos), number(used.sounds));
        Self { names, by_folder, photos, videos, sounds, links }
    }

    /// The file that a name in the settings of `folder` stands for.
    ///
    /// # Errors
    /// What is wrong with the name, at its place.
    pub(super) fn find(&self, folder: &SitePath, name: &Spanned<String>) -> Result<&'a SitePath, Diagnostic> {
        let found = self.by_folder.get(folder).and_then(|references| references.names.get(name.value.as_str()));
        found.copied().ok_or_else(|| self.names.problem(folder, name))
    }

    /// The file that a URL in a style of `folder` leads to.
    pub(super) fn link(&self, folder: &SitePath, url: &str) -> Option<&'a SitePath> {
        self.by_folder.get(folder)?.urls.get(url).copied()
    }

    /// The files in a folder and below it.
    pub(super) fn within(&self, folder: &SitePath) -> impl Iterator<Item = &'a SitePath> + use<'a> {
        self.names.within(folder)
    }
}

impl<'a> Used<'a> {
    /// Adds a file that a text of unknown meaning may name.
    fn add_by_name(&mut self, text: &str, lookup: impl FnOnce() -> Option<&'a SitePath>) {
        let Some(kind) = kind(text) else { return };
        let paths = match kind {
            FileKind::Picture => &mut self.photos,
            FileKind::Video => &mut self.videos,
            FileKind::Sound => &mut self.sounds,
        };
        paths.extend(lookup());
    }

    /// Adds all files that the settings of one gallery name.
    fn walk(&mut self, folder: &'a Folder, names: &FileNames<'a>) -> FolderReferences<'a> {
        let mentioned = Mentioned::by(folder);
        let mut references = FolderReferences::default();
        for text in &mentioned.data {
            self.add_by_name(text, || names.lookup(&folder.path, text));
        }
        for media in &mentioned.media {
            let name = &media.name.value;
            let Some(path) = names.lookup(&folder.path, name) else { continue };
            references.names.insert(name, path);
            match media.kind {
                MediaKind::Video => drop(self.videos.insert(path)),
                // Refused where it is shown.
                MediaKind::Image if is_video(name) => {}
                MediaKind::Image => drop(self.photos.insert(path)),
            }
        }
        for name in &mentioned.sounds {
            let Some(path) = names.lookup(&folder.path, &name.value) else { continue };
            references.names.insert(&name.value, path);
            self.sounds.insert(path);
        }
        let found = |url: String| Some((names.link(&folder.path, &url)?, url));
        references.urls = mentioned.urls().filter_map(found).map(|(path, url)| (url, path)).collect();
        references
    }
}

impl<'a> Links<'a> {
    /// `open` are those of pages whose files all may read.
    fn of(open: &BTreeSet<&'a SitePath>, closed: &BTreeSet<&'a SitePath>) -> Self {
        let (pictures, files) = open.iter().partition(|path| is_shown(path.name()));
        Self { pictures, files, closed: closed.difference(open).copied().collect() }
    }

    /// Warns of litter that is published because it is linked to.
    pub(super) fn warn_of_litter(&self, report: &mut Report) {
        for path in self.pictures.union(&self.files) {
            named_litter(path).into_iter().for_each(|warning| report.push(warning.in_file(path.as_str())));
        }
    }
}

impl<'a> Numbered<'a> {
    fn new(paths: BTreeSet<&'a SitePath>, source: &'a Source) -> Self {
        let (mut numbered, mut known) = (Self::default(), BTreeMap::new());
        for path in paths {
            let entry = &source.files[path];
            let number = *known.entry(&entry.absolute).or_insert_with(|| {
                numbered.files.push((path, entry));
                numbered.files.len() - 1
            });
            numbered.numbers.insert(path, number);
        }
        numbered
    }

    pub(super) fn number(&self, path: &SitePath) -> Option<usize> {
        self.numbers.get(path).copied()
    }
}
