//! What requests, workers and the main loop share: the current snapshot, the queue, and the news for browsers.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::queue::Queue;
use super::sheets::Sheets;
use super::snapshot::Snapshot;
use crate::cache::Cache;
use crate::diagnostic::Diagnostic;
use crate::render::pages;
use crate::serve::Events;
use crate::source::SitePath;

/// A message to the main loop.
#[derive(Debug)]
pub(super) enum LoopEvent {
    /// These files changed.
    Changed(Vec<PathBuf>),
    /// A page waits for the digests of these photos.
    Needed(Vec<SitePath>),
    /// This file holds other bytes than the ledger says.
    Doubted(PathBuf),
    /// A file cannot be rendered, given by its real path if it is a photo.
    Broken(Option<PathBuf>, Box<Diagnostic>),
}

/// The state shared by all threads of a preview.
#[derive(Debug)]
pub(super) struct SharedState {
    pub(super) cache: Arc<Cache>,
    pub(super) queue: Queue,
    pub(super) events: Events,
    pub(super) sheets: Sheets,
    /// Files that pages share, by their paths.
    pub(super) shared: BTreeMap<String, Arc<[u8]>>,
    /// Whether nothing is left to read, to render or to write.
    pub(super) is_idle: AtomicBool,
    to_loop: Mutex<Sender<LoopEvent>>,
    current: Mutex<Current>,
    renewed: Condvar,
}

#[derive(Debug, Default)]
struct Current {
    snapshot: Option<Arc<Snapshot>>,
    /// The errors of the last run, as text.
    problems: Option<Arc<str>>,
    /// Number of runs so far.
    runs: u64,
}

impl SharedState {
    pub(super) fn new(cache: Arc<Cache>, to_loop: Sender<LoopEvent>) -> Self {
        let shared = pages::shared_files().into_iter().map(|file| (file.path.to_string(), file.bytes.into()));
        Self {
            cache,
            queue: Queue::default(),
            events: Events::default(),
            sheets: Sheets::default(),
            shared: shared.collect(),
            is_idle: AtomicBool::new(false),
            to_loop: Mutex::new(to_loop),
            current: Mutex::default(),
            renewed: Condvar::new(),
        }
    }

    /// Sends a message to the main loop.
    pub(super) fn tell(&self, event: LoopEvent) {
        // The loop ends with the process.
        let _ = self.to_loop.lock().unwrap_or_else(PoisonError::into_inner).send(event);
        // Afterwards: the loop may have found nothing to do a moment before the event arrived.
        self.is_idle.store(false, Ordering::Relaxed);
    }

    /// Returns the current snapshot, after at least one run; `None` if the site has never been without errors.
    pub(super) fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.wait_for(1).snapshot.clone()
    }

    /// Returns the current snapshot, if there is one.
    pub(super) fn current_snapshot(&self) -> Option<Arc<Snapshot>> {
        self.current().snapshot.clone()
    }

    /// Asks for photos that are not read yet, and waits for a snapshot in which they are. After a run with errors, returns the last
    /// snapshot.
    pub(super) fn snapshot_with(&self, photos: Vec<SitePath>) -> Option<Arc<Snapshot>> {
        let runs = self.current().runs;
        self.tell(LoopEvent::Needed(photos));
        self.wait_for(runs + 1).snapshot.clone()
    }

    fn wait_for(&self, runs: u64) -> MutexGuard<'_, Current> {
        let current = self.current();
        self.renewed.wait_while(current, |current| current.runs < runs).unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the errors of the last run, as text.
    pub(super) fn problems(&self) -> Option<Arc<str>> {
        self.current().problems.clone()
    }

    /// Returns the errors of the last run as JSON, a text or `null`: browsers ignore events without data.
    pub(super) fn problems_for_browsers(&self) -> String {
        serde_json::to_string(&self.problems().as_deref()).unwrap_or_default()
    }

    /// Returns the state as JSON, for programs that wait for a change.
    pub(super) fn summary(&self) -> String {
        let is_idle = self.is_idle.load(Ordering::Relaxed);
        serde_json::json!({ "snapshot": self.number(), "idle": is_idle, "problems": self.problems().as_deref() })
            .to_string()
    }

    /// Number of the current snapshot; 0 before the first.
    pub(super) fn number(&self) -> u64 {
        self.current().snapshot.as_ref().map_or(0, |snapshot| snapshot.number)
    }

    /// Replaces the snapshot, unless the run ended with errors; then the last good one stays.
    pub(super) fn renew(&self, snapshot: Option<Arc<Snapshot>>, problems: Option<Arc<str>>) {
        let mut current = self.current();
        current.runs += 1;
        current.problems = problems;
        if snapshot.is_some() {
            current.snapshot = snapshot;
        }
        drop(current);
        self.renewed.notify_all();
    }

    /// Replaces the errors alone.
    pub(super) fn set_problems(&self, problems: Option<Arc<str>>) {
        self.current().problems = problems;
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
