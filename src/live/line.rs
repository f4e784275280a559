//! The stages of a build up to the plan, run again after each change.
//!
//! In: the site's folder, and what earlier runs know. Out: a [`Snapshot`], or a report with errors. Facts about unchanged files come
//! from the ledger, which stays in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::snapshot::Snapshot;
use crate::cache::{Cache, Ledger};
use crate::diagnostic::{Diagnostic, Failure, Report, Stop};
use crate::lock::Keyring;
use crate::machine::Machine;
use crate::site::{Depth, Facts, LeftOut, PhotoId, Resolving, Site};
use crate::source::{FileEntry, SitePath, Source};
use crate::tasks::{Options, announce, keyring, read_source};
use crate::{overrides, plan, privacy, publish, site};

/// Longest time for which the main loop may be busy with work that can wait.
const UNNOTICED: Duration = Duration::from_millis(60);

/// The stages of one site, with what they remember.
pub(super) struct StageLine<'a> {
    options: &'a Options,
    machine: &'a Machine<'a>,
    cache: Arc<Cache>,
    ledger: Ledger<Facts>,
    /// The last keys: deriving them takes long on purpose.
    keys: Arc<Keyring>,
    passwords: Vec<String>,
    /// Photos that were read as a whole, or will be.
    whole: BTreeSet<SitePath>,
    /// The files of the site in the last run.
    files: BTreeMap<SitePath, FileEntry>,
    /// Photos that could not be rendered since the last change, by their real paths.
    unrendered: BTreeMap<PathBuf, Diagnostic>,
    /// Whether the site shows itself without such photos.
    leaves_out: bool,
    number: u64,
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
            whole,
            files,
            unrendered,
            leaves_out: false,
            number: 0,
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
            folders.extend(source.files.values().filter_map(|file| Some(file.absolute.parent()?.to_owned())));
            let result = self.snapshot(&source, &mut report);
            self.files = source.files;
            result
        });
        LineRun { result, report, folders }
    }

    fn snapshot(&mut self, source: &Source, report: &mut Report) -> Result<Snapshot, Stop> {
        // Templates may name any file, so that every name must be final.
        let depth = if source.templates.is_empty() { Depth::Headers(&self.whole) } else { Depth::Whole };
        let mut left_out = LeftOut::of(source, self.options.keep_going);
        left_out.add(&self.unrendered);
        let resolving = Resolving { videos: self.options.videos(), left_out: &left_out, depth };
        let site = site::resolve_as(source, resolving, self.machine, &mut self.ledger, report)?;
        self.leaves_out = left_out.is_allowed();
        privacy::warn(&site, report);
        let overrides = overrides::run(&site, report)?;
        report.accepted(())?;
        let keys = self.keys(&site)?;
        let plan = plan::plan_with(&site, &overrides.requests, &keys);
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

    fn unread(&self, site: &Site) -> BTreeSet<PhotoId> {
        let photos = (0..).map(PhotoId).zip(&site.photos);
        photos.filter(|(_, photo)| self.ledger.is_partial(photo.path.as_str())).map(|(id, _)| id).collect()
    }

    /// Leaves out a photo that could not be rendered, given by its real path, if the site allows that. Returns whether it does.
    pub(super) fn leave_out(&mut self, photo: PathBuf, why: Diagnostic) -> bool {
        self.leaves_out && self.unrendered.insert(photo, why).is_none()
    }

    /// Tries photos again that could not be rendered.
    pub(super) fn try_again(&mut self) {
        self.unrendered.clear();
    }

    /// Has the next run read these photos as a whole.
    pub(super) fn ask(&mut self, photos: impl IntoIterator<Item = SitePath>) {
        self.whole.extend(photos);
    }

    /// Reads the next of these photos as a whole, for about the time that a person does not notice. Returns whether all have been read.
    pub(super) fn read_some(&mut self, photos: impl Iterator<Item = SitePath>) -> bool {
        let begun = Instant::now();
        let mut left = photos.filter(|path| !self.whole.contains(path)).collect::<Vec<_>>().into_iter();
        while begun.elapsed() < UNNOTICED {
            let batch: Vec<SitePath> = left.by_ref().take(self.machine.share().jobs * 4).collect();
            if batch.is_empty() {
                return true;
            }
            let files = batch.iter().filter_map(|path| Some((path, self.files.get(path)?)));
            // What cannot be read is reported by the next run.
            let _ = self.machine.run(|| site::read_photos(&files.collect::<Vec<_>>(), self.machine, &mut self.ledger));
            self.whole.extend(batch);
        }
        left.len() == 0
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
    pub(super) fn settle(&self) -> Result<(), Failure> {
        self.ledger.save(&self.cache.ledger_path())?;
        self.cache.store().settle()
    }
}
