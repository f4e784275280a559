//! The stages of a build up to the plan, run again after each change.
//!
//! In: the site's folder, and what earlier runs know. Out: a [`Snapshot`], or a report with errors. Facts about unchanged files come
//! from the ledger, which stays in memory.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::snapshot::Snapshot;
use super::surveys::{Looked, Surveys};
use crate::cache::{Cache, Key, Ledger};
use crate::diagnostic::{Diagnostic, Failure, Report, Stop};
use crate::lock::Keyring;
use crate::machine::{Machine, fs};
use crate::plan::RenditionKeys;
use crate::site::{Depth, Facts, LeftOut, PartlyRead, Resolving, Site, WholeReader, WhollyRead};
use crate::source::{FileEntry, SitePath, Source};
use crate::tasks::{Options, announce, keyring, read_source};
use crate::{overrides, plan, privacy, publish, site};
use pixels::Damage;

/// The stages of one site, with what they remember.
pub(super) struct StageLine<'a> {
    options: &'a Options,
    machine: &'a Machine<'a>,
    cache: Arc<Cache>,
    ledger: Ledger<Facts>,
    /// The last keys: deriving them takes long on purpose.
    keys: Arc<Keyring>,
    passwords: Vec<String>,
    rendition_keys: RenditionKeys,
    /// Files that were read as a whole, or will be.
    whole: BTreeSet<SitePath>,
    /// The files of the site in the last run.
    files: BTreeMap<SitePath, FileEntry>,
    /// Photos that could not be rendered since the last change, by their real paths.
    unrendered: BTreeMap<PathBuf, Diagnostic>,
    surveys: Surveys,
    /// Whether the site shows itself without such photos.
    leaves_out: bool,
    number: u64,
    /// The [changes](Ledger::changes) of the ledger that are on the disk.
    saved: u64,
}

/// The result of one run of the stages.
pub(super) struct LineRun {
    pub(super) result: Result<Snapshot, Stop>,
    pub(super) report: Report,
    /// Folders of files that the site uses, for the watcher.
    pub(super) folders: BTreeSet<PathBuf>,
}

impl<'a> StageLine<'a> {
    pub(super) fn new(options: &'a Options, machine: &'a Machine<'a>, cache: Arc<Cache>) -> Self {
        let ledger = Ledger::load(&cache.ledger_path(), SystemTime::now());
        let (keys, passwords) = (Arc::default(), Vec::new());
        let (whole, files, unrendered) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
        Self {
            options,
            machine,
            cache,
            ledger,
            keys,
            passwords,
            rendition_keys: RenditionKeys::remembering(),
            whole,
            files,
            unrendered,
            surveys: Surveys::default(),
            leaves_out: false,
            number: 0,
            saved: 0,
        }
    }

    /// Runs the stages.
    pub(super) fn run(&mut self, report: Report) -> LineRun {
        let (mut report, mut folders) = (report, BTreeSet::new());
        let machine = self.machine;
        let result = machine.run(|| {
            let source = read_source(self.options, &mut report)?;
            if self.number == 0 {
                announce(&source, machine.progress());
            }
            publish::keep_apart(&source, &self.options.output, &self.options.cache, &mut report)?;
            folders = folders_of(&source);
            let result = self.snapshot(&source, &mut report);
            self.files = source.files;
            result
        });
        LineRun { result, report, folders }
    }

    /// Runs the stages; again without damaged photos if the site accepts no damage, and goes on without such photos.
    fn snapshot(&mut self, source: &Source, report: &mut Report) -> Result<Snapshot, Stop> {
        let before = report.diagnostics().len();
        let mut left_out = LeftOut::of(source, self.options.keep_going);
        left_out.add(&self.unrendered);
        self.leaves_out = left_out.is_allowed();
        loop {
            let snapshot = self.stages(source, &left_out, report)?;
            if !left_out.add(report.dispensable()) {
                return Ok(snapshot);
            }
            report.rewind(before);
        }
    }

    fn stages(&mut self, source: &Source, left_out: &LeftOut, report: &mut Report) -> Result<Snapshot, Stop> {
        // Templates may name any file, so that every name must be final.
        let depth = if source.templates.is_empty() { Depth::Parts(&self.whole) } else { Depth::Whole };
        let resolving = Resolving { videos: self.options.videos(), left_out, depth };
        let site = site::resolve_as(source, resolving, self.machine, &mut self.ledger, report)?;
        privacy::warn(&site, report);
        let overrides = overrides::run(&site, report)?;
        report.accepted(())?;
        let keys = self.keys(&site)?;
        let plan = plan::plan_with(&site, &overrides.requests, &keys, &mut self.rendition_keys);
        self.surveys.report(&site, &plan, report);
        let unread = self.unread(&site);
        self.number += 1;
        Ok(Snapshot::new(self.number, (site, plan), overrides, keys, unread))
    }

    fn keys(&mut self, site: &Site) -> Result<Arc<Keyring>, Failure> {
        if site.passwords() != self.passwords {
            self.keys = Arc::new(keyring(site, &self.cache)?);
            self.passwords = site.passwords().into_iter().map(str::to_owned).collect();
        }
        Ok(Arc::clone(&self.keys))
    }

    fn unread(&self, site: &Site) -> BTreeSet<SitePath> {
        let Site { photos, videos, sounds, attachments, .. } = site;
        let paths = photos.iter().map(|photo| &photo.path).chain(videos.iter().map(|video| &video.path));
        let paths = paths.chain(sounds.iter().map(|sound| &sound.path));
        let paths = paths.chain(attachments.iter().map(|attachment| &attachment.path));
        paths.filter(|path| self.ledger.is_partial(path.as_str())).cloned().collect()
    }

    /// Leaves out a photo that could not be rendered, given by its real path, if the site allows that. Returns whether it does.
    pub(super) fn leave_out(&mut self, photo: PathBuf, why: Diagnostic) -> bool {
        self.leaves_out && self.unrendered.insert(photo, why).is_none()
    }

    /// Tries photos again that could not be rendered.
    pub(super) fn try_again(&mut self) {
        self.unrendered.clear();
    }

    /// Reads these files as a whole. Returns whether there are any. Files that cannot be read are reported by the next run.
    pub(super) fn ask(&mut self, files: Vec<SitePath>) -> bool {
        let partly: Vec<PartlyRead> = files.iter().filter_map(|path| self.partly_read_one(path)).collect();
        let reader = WholeReader::new(&self.machine.share());
        let read = self.machine.run(|| reader.read_all(partly));
        self.take_over(read);
        let any = !files.is_empty();
        self.whole.extend(files);
        any
    }

    /// Returns those of these files of which only a part has been read.
    pub(super) fn partly_read(&self, files: &BTreeSet<SitePath>) -> VecDeque<PartlyRead> {
        files.iter().filter_map(|path| self.partly_read_one(path)).collect()
    }

    fn partly_read_one(&self, path: &SitePath) -> Option<PartlyRead> {
        PartlyRead::of(path, self.files.get(path)?, &self.ledger)
    }

    /// Takes over facts about files that have been read as a whole.
    pub(super) fn take_over(&mut self, files: Vec<WhollyRead>) {
        let ledger = &mut self.ledger;
        self.whole.extend(files.into_iter().map(|file| file.record(ledger)));
    }

    /// Returns whether of none of these files only a part has been read.
    pub(super) fn are_read(&self, files: &BTreeSet<SitePath>) -> bool {
        files.iter().all(|path| !self.ledger.is_partial(path.as_str()))
    }

    /// Records damage that was found while rendering, by the keys of surveys. Returns whether any of it was unknown.
    pub(super) fn note_damage(&mut self, damaged: Vec<(Key, Damage)>) -> bool {
        damaged.into_iter().fold(false, |any, (survey, damage)| self.surveys.add(survey, damage) || any)
    }

    /// Looks for damage in photos that the store holds, for about the time that a person does not notice.
    pub(super) fn look_for_damage(&mut self, snapshot: &Snapshot) -> Looked {
        self.surveys.look(&snapshot.plan, self.cache.store())
    }

    /// Drops what earlier runs found in files that turned out to be different, given by their real paths. Returns whether anything was
    /// dropped: what this run found was right at that time, so such a file has changed since.
    pub(super) fn distrust(&mut self, files: &[PathBuf]) -> bool {
        let paths = self.files.iter().filter(|(_, file)| files.contains(&file.absolute));
        self.ledger.distrust(paths.map(|(path, _)| path.as_str()))
    }

    /// Saves the ledger, so that neither the next start nor a build reads the photos again.
    ///
    /// # Errors
    /// If the ledger cannot be written, or the renditions cannot be made durable.
    pub(super) fn settle(&mut self) -> Result<(), Failure> {
        self.cache.mark()?;
        if self.saved != self.ledger.changes() || !fs::exists(self.cache.ledger_path()).unwrap_or(true) {
            self.ledger.save(&self.cache.ledger_path())?;
            self.saved = self.ledger.changes();
        }
        self.cache.store().settle()
    }
}

/// Returns the folders that contain the files of a site.
fn folders_of(source: &Source) -> BTreeSet<PathBuf> {
    let mut folders: Vec<&Path> = source.files.values().filter_map(|file| file.absolute.parent()).collect();
    // Files of one folder are neighbours.
    folders.dedup_by(|one, other| one.as_os_str() == other.as_os_str());
    folders.into_iter().map(Path::to_owned).collect()
}

#[cfg(test)]
#[path = "line_tests.rs"]
mod tests;
