//! Photos that moved from the folder of one gallery to that of another.
//!
//! In: galleries, and what an earlier build read. Out: for each photo with the bytes of a file that is gone, the entries of that file in the
//! other gallery. The new gallery gets the entries first; only then the old one loses them, so that a run that breaks off loses none.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::composer::Composer;
use super::outcome::{ComposeOutcome, Composed};
use super::write::{change, read, settings_path};
use crate::cache::Digest;
use crate::diagnostic::{Report, Stop};
use crate::site::{WrittenEntries, mentioned_files};
use crate::source::{Edit, Folder, SettingsEntry, SitePath, Source, Spanned, Unwritten, dashed, row_lines};

/// The photos that moved to other galleries.
#[derive(Debug, Default)]
pub struct Moves(Vec<Moved>);

/// A photo that moved.
#[derive(Debug)]
struct Moved {
    from: SitePath,
    /// Its names in the settings of the old gallery.
    names: Vec<String>,
    photo: SitePath,
    into: SitePath,
    /// Its entries in the old gallery; none if only a cover or a text names it.
    entries: Vec<SettingsEntry>,
    /// Places of these entries.
    places: Vec<Range<usize>>,
}

/// Names in a gallery whose file is gone.
struct Lost<'a> {
    folder: &'a Folder,
    digest: Digest,
    names: Vec<&'a str>,
}

/// A gallery, and the folder of its photos.
type Destination = (SitePath, SitePath);

impl Composer<'_> {
    /// Finds the photos that moved into one of these galleries.
    #[must_use]
    pub fn moves_into_galleries(&mut self, folders: &[&Folder]) -> Moves {
        let destinations: Vec<Destination> =
            folders.iter().map(|folder| (folder.path.clone(), self.home(folder))).collect();
        Moves::find(self, &destinations)
    }

    /// Finds the photos that moved into one of these galleries, which have no settings yet.
    pub(super) fn moves_into_new(&mut self, galleries: &[Unwritten]) -> Moves {
        let destinations: Vec<Destination> =
            galleries.iter().filter_map(|new| Some((new.path.clone(), new.photos.clone()?))).collect();
        Moves::find(self, &destinations)
    }
}

impl Moves {
    fn find(composer: &mut Composer<'_>, destinations: &[Destination]) -> Self {
        let mut lost = lost(composer);
        let mut moves = Self::default();
        for (gallery, home) in destinations {
            if lost.iter().all(|lost| lost.folder.path == *gallery) {
                continue;
            }
            let folder = find(&composer.source.galleries, gallery);
            let named = folder.map(|folder| mentioned_files(composer.source, folder).files).unwrap_or_default();
            for (photo, digest) in digests(composer, home) {
                // A photo that was renamed in its gallery did not move.
                let is_here = |lost: &Lost<'_>| lost.digest == digest && lost.folder.path == *gallery;
                if named.contains(&photo) || lost.iter().any(is_here) {
                    continue;
                }
                if let Some(at) = lost.iter().position(|lost| lost.digest == digest) {
                    moves.0.push(Moved::of(composer.source, &lost.swap_remove(at), photo, gallery));
                }
            }
        }
        moves
    }

    /// Returns where a file is now that a gallery names.
    pub(super) fn of_name(&self, gallery: &SitePath, name: &str) -> Option<&SitePath> {
        let is_it = |moved: &&Moved| moved.from == *gallery && moved.names.iter().any(|known| known == name);
        self.0.iter().find(is_it).map(|moved| &moved.photo)
    }

    /// Returns whether a name is in an entry that moves to another gallery.
    pub(super) fn takes(&self, folder: &Folder, name: &Spanned<String>) -> bool {
        let mut places = self.0.iter().filter(|moved| moved.from == folder.path).flat_map(|moved| &moved.places);
        places.any(|place| place.contains(&(name.span.start as usize)))
    }

    /// Returns the photos whose entries move into a gallery.
    pub(super) fn photos(&self, into: &SitePath) -> BTreeSet<&SitePath> {
        self.into(into).map(|moved| &moved.photo).collect()
    }

    /// Returns the items that move into the rows of a gallery.
    pub(super) fn items(&self, into: &SitePath) -> WrittenEntries {
        let item = |moved: &Moved| {
            let lines = moved.entries.iter().find_map(item_of)?;
            Some((moved.photo.relative_to(into), lines.clone()))
        };
        self.into(into).filter_map(item).collect()
    }

    /// Returns the sections that move into a gallery, and a group for each further item of the same photo.
    pub(super) fn sections(&self, into: &SitePath) -> Vec<Vec<String>> {
        let of_one = |moved: &Moved| {
            let further = moved.entries.iter().filter_map(item_of).skip(1).map(group_of);
            let sections = moved.entries.iter().filter_map(|entry| match entry {
                SettingsEntry::Section(lines) => Some(lines.clone()),
                SettingsEntry::Item(_) => None,
            });
            sections.chain(further).collect::<Vec<_>>()
        };
        self.into(into).flat_map(of_one).collect()
    }

    fn into(&self, gallery: &SitePath) -> impl Iterator<Item = &Moved> {
        self.0.iter().filter(move |moved| moved.into == *gallery && !moved.entries.is_empty())
    }

    /// Removes the entries that moved into one of the galleries in `done` from the galleries in which they were.
    ///
    /// # Errors
    /// [`Stop::Site`] if the settings cannot be changed; [`Stop::Machine`] if they cannot be written.
    pub fn finish(&self, composer: &Composer<'_>, done: &mut Vec<Composed>, report: &mut Report) -> Result<(), Stop> {
        let is_done = |moved: &&Moved| done.iter().any(|done| done.folder == moved.into && done.is_change());
        let moved: Vec<&Moved> = self.0.iter().filter(|moved| !moved.entries.is_empty()).filter(is_done).collect();
        let from: BTreeSet<&SitePath> = moved.iter().map(|moved| &moved.from).collect();
        for folder in from {
            let gone: Vec<&&Moved> = moved.iter().filter(|moved| moved.from == *folder).collect();
            let names: Vec<&str> = gone.iter().flat_map(|moved| &moved.names).map(String::as_str).collect();
            change(composer.source, folder, report, |edit| edit.take_out(&names))?;
            let into: BTreeSet<SitePath> = gone.iter().map(|moved| moved.into.clone()).collect();
            let outcome = ComposeOutcome::Moved { photos: gone.len(), into: into.into_iter().collect() };
            // A gallery without other changes has one line, which says this.
            done.retain(|done| done.folder != *folder || done.is_change());
            done.push(Composed::of(folder, outcome));
        }
        Ok(())
    }
}

impl Moved {
    fn of(source: &Source, lost: &Lost<'_>, photo: SitePath, into: &SitePath) -> Self {
        let folder = &lost.folder.path;
        let found = entries(source, folder, &lost.names, &photo.relative_to(into));
        let (entries, places) = found.unwrap_or_default();
        let names = lost.names.iter().map(|name| (*name).to_owned()).collect();
        Self { from: folder.clone(), names, photo, into: into.clone(), entries, places }
    }
}

/// Returns the entries of a file with their places, if the settings can do without them.
fn entries(
    source: &Source,
    folder: &SitePath,
    names: &[&str],
    new: &str,
) -> Option<(Vec<SettingsEntry>, Vec<Range<usize>>)> {
    let (text, _) = read(&settings_path(source, folder)).ok()??;
    let mut edit = Edit::new(&text).ok()?;
    let entries = edit.entries_of(names, new)?;
    edit.take_out(names).ok()?;
    let places = edit.taken_out().to_vec();
    edit.finish().ok().map(|_| (entries, places))
}

/// Returns the names in all galleries whose files are gone, if an earlier build read them.
fn lost<'a>(composer: &mut Composer<'a>) -> Vec<Lost<'a>> {
    let source = composer.source;
    let mut all: Vec<Lost<'a>> = Vec::new();
    let known = composer.digests_of_missing().into_iter().map(|(path, digest)| (path.to_owned(), digest));
    let known: BTreeMap<String, Digest> = known.collect();
    if known.is_empty() {
        return all;
    }
    for folder in leaves(&source.galleries) {
        let mut here: Vec<Lost<'a>> = Vec::new();
        for name in mentioned_files(source, folder).missing {
            let path = folder.path.join(&name.value);
            let Some(digest) = path.and_then(|path| known.get(path.as_str()).cloned()) else { continue };
            match here.iter_mut().find(|lost| lost.digest == digest) {
                Some(lost) => lost.names.push(&name.value),
                None => here.push(Lost { folder, digest, names: vec![&name.value] }),
            }
        }
        if here.is_empty() {
            continue;
        }
        let home = composer.home(folder);
        let present = digests(composer, &home);
        here.retain(|lost| !present.iter().any(|(_, digest)| *digest == lost.digest));
        all.extend(here);
    }
    all
}

/// Returns the photos directly in a folder with the digests of their bytes. Problems with them are reported when they are composed.
fn digests(composer: &mut Composer<'_>, home: &SitePath) -> Vec<(SitePath, Digest)> {
    let photos = composer.all_photos(home, &mut Report::default()).unwrap_or_default();
    photos.into_iter().filter_map(|photo| Some((photo.path, photo.digest?))).collect()
}

/// Returns galleries without galleries inside, in the order of their paths.
#[must_use]
pub fn leaves(folders: &[Folder]) -> Vec<&Folder> {
    folders
        .iter()
        .flat_map(|folder| if folder.children.is_empty() { vec![folder] } else { leaves(&folder.children) })
        .collect()
}

/// Returns the gallery with this path.
#[must_use]
pub fn find<'a>(folders: &'a [Folder], path: &SitePath) -> Option<&'a Folder> {
    folders.iter().find_map(|folder| if folder.path == *path { Some(folder) } else { find(&folder.children, path) })
}

fn item_of(entry: &SettingsEntry) -> Option<&Vec<String>> {
    match entry {
        SettingsEntry::Item(lines) => Some(lines),
        SettingsEntry::Section(_) => None,
    }
}

fn group_of(item: &Vec<String>) -> Vec<String> {
    let row = row_lines(std::slice::from_ref(item));
    ["type: pictures-group".to_owned(), "images:".to_owned()].into_iter().chain(dashed(&row)).collect()
}
