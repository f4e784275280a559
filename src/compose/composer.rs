//! Reads the photos and videos that may enter stories.
//!
//! In: folders. Out: candidates in the order in which they were taken. What earlier builds read comes from the ledger.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use crate::cache::{Cache, Digest, Ledger};
use crate::diagnostic::{Report, Stop};
use crate::machine::Machine;
use crate::site::{
    Candidate, Candidates, Choice, Clock, Facts, Twin, VideoPolicy, mentioned_files, own_media, own_twins,
    without_copies,
};
use crate::source::{Folder, SitePath, Source};

/// What composing needs besides the settings.
pub struct Composer<'a> {
    pub(super) source: &'a Source,
    machine: &'a Machine<'a>,
    ledger: Ledger<Facts>,
    /// Which photos and videos may enter.
    pub(super) choice: Choice,
}

impl<'a> Composer<'a> {
    /// Prepares composing for a site; `cache` is its cache folder, which is only read.
    #[must_use]
    pub fn new(source: &'a Source, cache: &Path, choice: Choice, machine: &'a Machine<'a>) -> Self {
        let ledger = Ledger::load(&Cache::read_only(cache).ledger_path(), SystemTime::now());
        Self { source, machine, ledger, choice }
    }

    /// Reads the chosen photos and videos directly inside a folder, oldest first. Leaves out unusable ones with a warning, and twins, which
    /// it returns. Of copies, one of `named` remains.
    ///
    /// # Errors
    /// [`Stop::Site`] if a file cannot be read: a story without it would look finished.
    pub(super) fn photos(
        &mut self,
        folder: &SitePath,
        named: &dyn Fn(&SitePath) -> bool,
        report: &mut Report,
    ) -> Result<(Vec<Candidate>, Vec<Twin>), Stop> {
        let mut photos = self.read(folder, report)?;
        photos.retain(|photo| self.choice.admits(photo));
        let (photos, copies) = without_copies(photos, named);
        let twins = own_twins(self.source, folder).into_iter().chain(copies).collect();
        Ok((in_order(photos), twins))
    }

    /// Reads all photos and videos directly inside a folder, whatever the choice, as `photos` does.
    ///
    /// # Errors
    /// As `photos`.
    pub(super) fn all_photos(&mut self, folder: &SitePath, report: &mut Report) -> Result<Vec<Candidate>, Stop> {
        self.read(folder, report).map(in_order)
    }

    fn read(&mut self, folder: &SitePath, report: &mut Report) -> Result<Vec<Candidate>, Stop> {
        let files = own_media(self.source, folder);
        let read = Candidates::read(self.source, &files, VideoPolicy::Shown, self.machine, &mut self.ledger)?;
        read.left_out.into_iter().for_each(|warning| report.push(warning));
        let unread = !read.unread.is_empty();
        read.unread.into_iter().for_each(|error| report.push(error));
        if unread {
            return Err(Stop::Site);
        }
        Ok(read.found.into_values().collect())
    }

    /// Returns the digests of files that are gone, by their path, as an earlier build read them.
    pub(super) fn digests_of_missing(&self) -> BTreeMap<&str, Digest> {
        let missing =
            |path: &str| SitePath::root().join(path).is_some_and(|path| !self.source.files.contains_key(&path));
        let all = self.ledger.all().filter(|(path, ..)| missing(path));
        all.map(|(path, _, reading)| (path, reading.digest)).collect()
    }

    /// Returns the folder whose photos a gallery shows: its own, or the one around it if the gallery was made for photos beside
    /// galleries.
    pub(super) fn home(&self, folder: &Folder) -> SitePath {
        let around = folder.path.parent().unwrap_or_default();
        let named = mentioned_files(self.source, folder).files;
        let is_beside = own_media(self.source, &folder.path).is_empty()
            && named.iter().any(|path| path.parent().as_ref() == Some(&around));
        if is_beside { around } else { folder.photos.clone() }
    }
}

/// Sorts photos, the oldest first.
fn in_order(mut photos: Vec<Candidate>) -> Vec<Candidate> {
    let clock = Clock::of(&photos);
    photos.sort_by(|a, b| clock.compare(a, b));
    photos
}
