//! Phase 2: the files that the settings of the site name, and their numbers.
//!
//! In: the folders, and the names of all files. Out: [`References`]. A single walk through the sections looks up each
//! name once. Files are numbered before any of them is read, because sections that are laid out by proportion need
//! the headers. Must not open a file.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, Report, Span};
use crate::site::lookup::{FileNames, named_litter};
use crate::site::read::Listed;
use crate::site::resolve::folders::Folders;
use crate::site::resolve::mentioned::Mentioned;
use crate::source::{FileKind, Folder, MediaKind, SitePath, Source, Spanned, is_shown, is_video, kind};

/// The files that the site shows, plays or links to.
pub(super) struct References<'a> {
    names: &'a FileNames<'a>,
    by_folder: BTreeMap<&'a SitePath, FolderReferences<'a>>,
    pub(super) photos: Numbered<'a>,
    pub(super) videos: Numbered<'a>,
    pub(super) sounds: Numbered<'a>,
    pub(super) links: Links<'a>,
    /// Position of the first name of each file that is shown or played.
    places: BTreeMap<&'a SitePath, Span>,
}

/// The files that the settings of one folder name, by the texts that name them.
#[derive(Default)]
struct FolderReferences<'a> {
    names: BTreeMap<&'a str, &'a SitePath>,
    urls: BTreeMap<String, &'a SitePath>,
}

/// Files that markup and styles link to.
#[derive(Default)]
pub(super) struct Links<'a> {
    /// Pictures; private metadata is removed before they are published.
    pub(super) pictures: BTreeSet<&'a SitePath>,
    /// Other files, which are published unchanged.
    pub(super) files: BTreeSet<&'a SitePath>,
    /// Files that only galleries with protected media link to. They are not published, since anyone could open them
    /// at their own path.
    pub(super) closed: BTreeSet<&'a SitePath>,
}

/// Files of one kind, numbered. If several names reach one file through symbolic links, the file has one number, and
/// is listed under the first name in use.
#[derive(Default)]
pub(super) struct Numbered<'a> {
    pub(super) numbers: BTreeMap<&'a SitePath, usize>,
    /// Files by number.
    pub(super) files: Vec<Listed<'a>>,
}

/// The paths of files in use, by kind.
#[derive(Default)]
struct Used<'a> {
    photos: BTreeSet<&'a SitePath>,
    videos: BTreeSet<&'a SitePath>,
    sounds: BTreeSet<&'a SitePath>,
    places: BTreeMap<&'a SitePath, Span>,
}

impl<'a> References<'a> {
    /// Walks through all galleries. Names without a file are skipped.
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
        Self { names, by_folder, photos, videos, sounds, links, places: used.places }
    }

    /// Records in the report which line names which file, for diagnostics about the files.
    pub(super) fn note_places(&self, report: &mut Report) {
        self.places.iter().for_each(|(path, span)| report.note_name(path.as_str(), *span));
    }

    /// Returns the file that a name in the settings of `folder` denotes.
    ///
    /// # Errors
    /// The problem with the name, at its position.
    pub(super) fn find(&self, folder: &SitePath, name: &Spanned<String>) -> Result<&'a SitePath, Diagnostic> {
        let found = self.by_folder.get(folder).and_then(|references| references.names.get(name.value.as_str()));
        found.copied().ok_or_else(|| self.names.problem(folder, name))
    }

    /// Returns the file that a URL in a style of `folder` points to.
    pub(super) fn link(&self, folder: &SitePath, url: &str) -> Option<&'a SitePath> {
        self.by_folder.get(folder)?.urls.get(url).copied()
    }

    /// Returns the files in a folder and below it.
    pub(super) fn within(&self, folder: &SitePath) -> impl Iterator<Item = &'a SitePath> + use<'a> {
        self.names.within(folder)
    }
}

impl<'a> Used<'a> {
    /// Adds the file that a text of unknown meaning may name.
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
            self.places.entry(path).or_insert(media.name.span);
            match media.kind {
                MediaKind::Video => drop(self.videos.insert(path)),
                // The resolver reports this where the video is used.
                MediaKind::Image if is_video(name) => {}
                MediaKind::Image => drop(self.photos.insert(path)),
            }
        }
        for name in &mentioned.sounds {
            let Some(path) = names.lookup(&folder.path, &name.value) else { continue };
            references.names.insert(&name.value, path);
            self.places.entry(path).or_insert(name.span);
            self.sounds.insert(path);
        }
        let found = |url: String| Some((names.link(&folder.path, &url)?, url));
        references.urls = mentioned.urls().filter_map(found).map(|(path, url)| (url, path)).collect();
        references
    }
}

impl<'a> Links<'a> {
    /// Sorts linked files by kind; `open` are those that pages without protected media link to.
    fn of(open: &BTreeSet<&'a SitePath>, closed: &BTreeSet<&'a SitePath>) -> Self {
        let (pictures, files) = open.iter().partition(|path| is_shown(path.name()));
        Self { pictures, files, closed: closed.difference(open).copied().collect() }
    }

    /// Warns about leftover files that are published because markup links to them.
    pub(super) fn warn_of_litter(&self, report: &mut Report) {
        for path in self.pictures.union(&self.files) {
            named_litter(path).into_iter().for_each(|warning| report.push(warning.in_file(path.as_str())));
        }
    }
}

impl<'a> Numbered<'a> {
    fn new(paths: BTreeSet<&'a SitePath>, source: &'a Source) -> Self {
        let (mut numbered, mut known) = (Self::default(), HashMap::new());
        for path in paths {
            let entry = &source.files[path];
            let number = *known.entry(entry.absolute.as_os_str()).or_insert_with(|| {
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
