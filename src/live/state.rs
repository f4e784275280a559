//! What requests, workers and the main loop share: the current snapshot, the queue, and the news for browsers.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::queue::Queue;
use super::sheets::Sheets;
use super::snapshot::Snapshot;
use crate::cache::{Cache, Key};
use crate::diagnostic::Diagnostic;
use crate::render::pages;
use crate::serve::Events;
use crate::site::WhollyRead;
use crate::source::SitePath;
use pixels::Damage;

/// A message to the main loop.
#[derive(Debug)]
pub(super) enum LoopEvent {
    /// These files changed.
    Changed(Vec<PathBuf>),
    /// A page waits for the digests of these files.
    Needed(Vec<SitePath>),
    /// This file holds other bytes than the ledger says.
    Doubted(PathBuf),
    /// A file cannot be rendered, given by its real path if it is a photo.
    Broken(Option<PathBuf>, Box<Diagnostic>),
    /// A file has been read as a whole.
    Read(Box<WhollyRead>),
    /// The survey with this key shows that its photo is damaged.
    Damaged(Key, Damage),
    /// A file was rendered after everything had been.
    Rendered,
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
    /// Whether nothing is left to read, to render or to write, apart from what messages that are on their way lead to.
    is_settled: AtomicBool,
    /// Number of messages to the main loop.
    told: AtomicU64,
    /// Number of messages that the main loop has received.
    heard: AtomicU64,
    to_loop: Mutex<Sender<LoopEvent>>,
    current: Mutex<Current>,
    renewed: Condvar,
}

#[derive(Debug, Default)]
struct Current {
    snapshot: Option<Arc<Snapshot>>,
    /// The errors of the last run, as text.
    problems: Option<Arc<str>>,
    /// Whether the last run made no snapshot.
    is_stale: bool,
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
            is_settled: AtomicBool::new(false),
            told: AtomicU64::new(0),
            heard: AtomicU64::new(0),
            to_loop: Mutex::new(to_loop),
            current: Mutex::default(),
            renewed: Condvar::new(),
        }
    }

    /// Sends a message to the main loop.
    pub(super) fn tell(&self, event: LoopEvent) {
        self.told.fetch_add(1, Ordering::SeqCst);
        // The loop ends with the process.
        let _ = self.to_loop.lock().unwrap_or_else(PoisonError::into_inner).send(event);
    }

    /// Records that the main loop has received a message, which gives it something to do.
    pub(super) fn hear(&self) {
        self.set_settled(false);
        self.heard.fetch_add(1, Ordering::SeqCst);
    }

    /// Records whether the main loop has nothing left to do.
    pub(super) fn set_settled(&self, is_settled: bool) {
        self.is_settled.store(is_settled, Ordering::SeqCst);
    }

    /// Tells the main loop about a new file in the store, if the loop believed the store to be complete.
    pub(super) fn tell_rendered(&self) {
        if self.is_settled.load(Ordering::SeqCst) {
            self.tell(LoopEvent::Rendered);
        }
    }

    /// Whether nothing is left to do.
    fn is_idle(&self) -> bool {
        // In this order: a message that arrives in between leaves the numbers different.
        let heard = self.heard.load(Ordering::SeqCst);
        self.is_settled.load(Ordering::SeqCst) && self.told.load(Ordering::SeqCst) == heard
    }

    /// Returns the current snapshot, after at least one run; `None` if the site has never been without errors.
    pub(super) fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.wait_for(1).snapshot.clone()
    }

    /// Returns the current snapshot, if there is one.
    pub(super) fn current_snapshot(&self) -> Option<Arc<Snapshot>> {
        self.current().snapshot.clone()
    }

    /// Asks for files that are not read yet, and waits for a snapshot in which they are. After a run with errors, returns the last
    /// snapshot.
    pub(super) fn snapshot_with(&self, files: Vec<SitePath>) -> Option<Arc<Snapshot>> {
        let runs = self.current().runs;
        self.tell(LoopEvent::Needed(files));
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

    /// Returns the errors of the last run as JSON: `null`, or a text and whether the pages are older than the errors.
    pub(super) fn problems_for_browsers(&self) -> String {
        let current = self.current();
        let problems = current.problems.as_deref();
        let problems = problems.map(|text| serde_json::json!({ "text": text, "stale": current.is_stale }));
        serde_json::to_string(&problems).unwrap_or_default()
    }

    /// Sends the errors of the last run to all browsers.
    pub(super) fn send_problems(&self) {
        self.events.send("problems", self.problems_for_browsers());
    }

    /// Sends the number of the current snapshot to all browsers.
    pub(super) fn send_snapshot(&self) {
        self.events.send("snapshot", self.number().to_string());
    }

    /// Returns the state as JSON, for programs that wait for a change.
    pub(super) fn summary(&self) -> String {
        let is_idle = self.is_idle();
        let current = self.current();
        let number = current.snapshot.as_ref().map_or(0, |snapshot| snapshot.number);
        let (problems, is_stale) = (current.problems.as_deref(), current.is_stale);
        serde_json::json!({ "snapshot": number, "idle": is_idle, "problems": problems, "stale": is_stale }).to_string()
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
        current.is_stale = snapshot.is_none();
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
