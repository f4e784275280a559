//! The main loop of a preview: changes come in, snapshots come out.
//!
//! In: events of the watcher, of requests and of workers. Out: a new snapshot after each change, news for browsers and for the terminal.
//! While nothing happens, the loop reads the photos that no page has asked for, and then has all files rendered.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::answers::Answers;
use super::line::{LineRun, StageLine};
use super::queue::all_jobs;
use super::state::{LoopEvent, SharedState};
use super::watch::FolderWatch;
use super::workers::work;
use crate::cache::Cache;
use crate::diagnostic::{self, Diagnostic, Failure, Format, Policy, Report, Severity, Stop};
use crate::machine::{Machine, fs, threads};
use crate::render::media::Maker;
use crate::serve::Served;
use crate::source::{SETTINGS, SitePath};
use crate::tasks::{Options, read_source};

/// Time without events after which an editor has finished saving.
const SAVED: Duration = Duration::from_millis(12);

/// Time without events after which a picture or video has been copied. Copying takes longer than saving a text.
const COPIED: Duration = Duration::from_millis(250);

/// Longest wait for the end of changes.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Time without events after which nobody waits for anything.
const IDLE: Duration = Duration::from_millis(120);

/// Number of threads beside those that render: one for the watcher, one for the server, and four that read for it.
const OTHER_THREADS: usize = 6;

/// Columns of a problem in a browser.
const COLUMNS: usize = 96;

/// A site that is shown while it is written.
pub struct LiveSite<'a> {
    machine: &'a Machine<'a>,
    line: StageLine<'a>,
    state: Arc<SharedState>,
    receiver: Receiver<LoopEvent>,
    watch: Option<FolderWatch>,
    /// Errors in files that were found while rendering, since the last change.
    broken: Vec<Diagnostic>,
    policy: Policy,
    report: Report,
    /// Whether the queue knows the current snapshot.
    is_queued: bool,
    /// Whether the ledger and the store are on the disk.
    is_settled: bool,
}

/// News for the terminal.
pub struct News<'a> {
    /// Problems of the current state; those of the last news included.
    pub report: &'a Report,
    /// Files that changed, if any.
    pub changed: &'a [PathBuf],
    /// A failure of the machine.
    pub failure: Option<&'a Failure>,
    /// Time from the last change to the new snapshot.
    pub took: Duration,
}

/// Prepares a preview: opens the cache, and watches the site. Mistakes in settings are shown later; a folder that is no site is refused.
///
/// # Errors
/// [`Stop::Site`] if there is no site in the folder; the report contains the reason. [`Stop::Machine`] if the cache cannot be opened.
pub fn start<'a>(
    options: &'a Options,
    policy: Policy,
    machine: &'a Machine<'a>,
    report: &mut Report,
) -> Result<LiveSite<'a>, Stop> {
    if !fs::exists(options.site.join(SETTINGS)).unwrap_or(false) {
        let mut problems = Report::with(policy.clone());
        if let Err(stop) = read_source(options, &mut problems) {
            *report = problems;
            return Err(stop);
        }
    }
    // Some libraries panic if they get no thread.
    let threads = machine.share().jobs + OTHER_THREADS;
    threads::are_granted(threads).map_err(Failure::on("start threads for", &options.site))?;
    let cache = Arc::new(Cache::open(&options.cache)?);
    let (sender, receiver) = mpsc::channel();
    let state = Arc::new(SharedState::new(Arc::clone(&cache), sender));
    let line = StageLine::new(options, machine, cache);
    let watch = watch(options, &state);
    if watch.is_none() {
        machine.progress().tell("the system reports no changes of files; reload the page after each change");
    }
    let (broken, report) = (Vec::new(), Report::default());
    Ok(LiveSite { machine, line, state, receiver, watch, broken, policy, report, is_queued: false, is_settled: true })
}

fn watch(options: &Options, state: &Arc<SharedState>) -> Option<FolderWatch> {
    let whole = |folder: &Path| fs::whole(folder).ok();
    let excluded = [whole(&options.output), whole(&options.cache)].into_iter().flatten().collect();
    let state = Arc::clone(state);
    FolderWatch::new(whole(&options.site)?, excluded, Box::new(move |paths| state.tell(LoopEvent::Changed(paths)))).ok()
}

/// What happened between two runs.
#[derive(Default)]
struct Changes {
    changed: Option<Vec<PathBuf>>,
    needed: Vec<SitePath>,
    doubted: Vec<PathBuf>,
    broken: Vec<(Option<PathBuf>, Diagnostic)>,
}

impl Changes {
    fn add(&mut self, event: LoopEvent) {
        match event {
            LoopEvent::Changed(paths) => self.changed.get_or_insert_default().extend(paths),
            LoopEvent::Needed(photos) => self.needed.extend(photos),
            LoopEvent::Doubted(path) => self.doubted.push(path),
            LoopEvent::Broken(photo, diagnostic) => self.broken.push((photo, *diagnostic)),
        }
    }

    /// Time without events after which the changes are complete.
    fn quiet(&self) -> Duration {
        let is_text = |path: &PathBuf| {
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("html");
            ["yaml", "yml", "css", "js", "html", "xml", "txt", "md", "j2"].contains(&extension)
        };
        match &self.changed {
            None => Duration::ZERO,
            Some(paths) if paths.iter().all(is_text) => SAVED,
            Some(_) => COPIED,
        }
    }
}

impl LiveSite<'_> {
    /// Returns what a server shows.
    #[must_use]
    pub fn served(&self) -> Arc<dyn Served> {
        Arc::new(Answers(Arc::clone(&self.state)))
    }

    /// Follows changes until the process ends.
    ///
    /// # Errors
    /// If no thread can be started.
    pub fn run(mut self, tell: &mut dyn FnMut(&News<'_>)) -> Result<(), Failure> {
        self.start_workers()?;
        // Watched before the first look at the files, so that no change in between is missed.
        if let Some(watch) = &mut self.watch {
            let _ = watch.follow(&BTreeSet::new());
        }
        self.renew(&[], Instant::now(), tell);
        loop {
            match self.receiver.recv_timeout(IDLE) {
                Ok(event) => self.react(event, tell),
                Err(RecvTimeoutError::Timeout) => self.rest(tell),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    fn start_workers(&self) -> Result<(), Failure> {
        let share = self.machine.share();
        let maker = Arc::new(Maker::new(share));
        // One worker is free for requests, if there is more than one.
        let most = share.jobs.saturating_sub(1).max(1);
        for _ in 0..share.jobs {
            let (state, maker) = (Arc::clone(&self.state), Arc::clone(&maker));
            let thread = thread::Builder::new().name("render".to_owned()).stack_size(8 << 20);
            thread
                .spawn(move || -> () { work(&state, &maker, most) })
                .map_err(Failure::on("make a thread for", Path::new("pictures")))?;
        }
        Ok(())
    }

    fn react(&mut self, event: LoopEvent, tell: &mut dyn FnMut(&News<'_>)) {
        let begun = Instant::now();
        let mut changes = Changes::default();
        changes.add(event);
        while begun.elapsed() < LONGEST_WAIT
            && let Ok(event) = self.receiver.recv_timeout(changes.quiet())
        {
            changes.add(event);
        }
        let is_corrected = self.line.distrust(&changes.doubted);
        if let Some(changed) = changes.changed {
            self.broken.clear();
            self.line.try_again();
            self.line.ask(changes.needed);
            return self.renew(&changed, begun, tell);
        }
        let (left_out, broken): (Vec<_>, Vec<_>) =
            changes.broken.into_iter().partition(|(photo, why)| self.leave_out(photo.as_deref(), why));
        if !broken.is_empty() {
            self.add_broken(broken.into_iter().map(|(_, why)| why), tell);
        }
        if !left_out.is_empty() {
            self.line.ask(changes.needed);
            self.renew(&[], begun, tell);
        } else if is_corrected || !changes.needed.is_empty() {
            self.line.ask(changes.needed);
            self.renew_quietly(tell);
        }
    }

    fn leave_out(&mut self, photo: Option<&Path>, why: &Diagnostic) -> bool {
        photo.is_some_and(|photo| self.line.leave_out(photo.to_owned(), why.clone()))
    }

    /// Runs the stages after a change, and tells everybody.
    fn renew(&mut self, changed: &[PathBuf], begun: Instant, tell: &mut dyn FnMut(&News<'_>)) {
        let run = self.line.run(Report::with(self.policy.clone()));
        let failure = self.take(run);
        let (number, problems) = (self.state.number(), self.state.problems());
        self.state.events.send("problems", self.state.problems_for_browsers());
        if problems.is_none() {
            self.state.events.send("snapshot", number.to_string());
        }
        tell(&News { report: &self.report, changed, failure: failure.as_ref(), took: begun.elapsed() });
    }

    /// Runs the stages because more photos are to be read: what browsers show does not change.
    fn renew_quietly(&mut self, tell: &mut dyn FnMut(&News<'_>)) {
        let before = self.state.problems();
        let run = self.line.run(Report::with(self.policy.clone()));
        let failure = self.take(run);
        let problems = self.state.problems();
        if problems != before {
            self.state.events.send("problems", self.state.problems_for_browsers());
            let took = Duration::ZERO;
            tell(&News { report: &self.report, changed: &[], failure: failure.as_ref(), took });
        }
    }

    /// Takes over the result of a run.
    fn take(&mut self, run: LineRun) -> Option<Failure> {
        let LineRun { result, report, folders } = run;
        self.report = report;
        self.broken.iter().for_each(|diagnostic| self.report.push(diagnostic.clone()));
        self.report.sort();
        self.follow(&folders);
        self.state.queue.forget_failures();
        let (snapshot, failure) = match result {
            Ok(snapshot) => (Some(Arc::new(snapshot)), None),
            Err(Stop::Site) => (None, None),
            Err(Stop::Machine(failure)) => (None, Some(failure)),
        };
        self.is_queued &= snapshot.is_none();
        self.is_settled = false;
        let problems = failure.as_ref().map(|failure| Arc::from(failure.message())).or_else(|| self.problems());
        self.state.renew(snapshot, problems);
        failure
    }

    /// Returns the errors as text for browsers.
    fn problems(&self) -> Option<Arc<str>> {
        if self.report.count(Severity::Error) == 0 {
            return None;
        }
        let mut errors = self.report.clone();
        errors.keep(Severity::Error);
        let mut text = Vec::new();
        let format = Format::Human { color: false, width: Some(COLUMNS) };
        // Writing to memory does not fail.
        let _ = diagnostic::print(&errors, format, &mut text);
        Some(String::from_utf8_lossy(&text).into())
    }

    fn add_broken(&mut self, broken: impl Iterator<Item = Diagnostic>, tell: &mut dyn FnMut(&News<'_>)) {
        for diagnostic in broken {
            self.report.push(diagnostic.clone());
            self.broken.push(diagnostic);
        }
        let problems = self.problems();
        self.state.set_problems(problems);
        self.state.events.send("problems", self.state.problems_for_browsers());
        tell(&News { report: &self.report, changed: &[], failure: None, took: Duration::ZERO });
    }

    /// Does a part of what can wait.
    fn rest(&mut self, tell: &mut dyn FnMut(&News<'_>)) {
        let Some(snapshot) = self.state.current_snapshot() else { return };
        if !snapshot.unread.is_empty() {
            let paths = snapshot.unread.iter().map(|photo| snapshot.site.photos[photo.index()].path.clone());
            if self.line.read_some(paths) {
                self.renew_quietly(tell);
            }
        } else if !self.is_queued {
            self.state.queue.renew(all_jobs(&snapshot));
            self.is_queued = true;
        } else if !self.is_settled && self.state.queue.is_idle() {
            self.is_settled = true;
            if let Err(failure) = self.line.settle() {
                let took = Duration::ZERO;
                tell(&News { report: &self.report, changed: &[], failure: Some(&failure), took });
            }
        } else if self.state.queue.is_idle() {
            self.state.is_idle.store(true, Ordering::Relaxed);
        }
    }

    fn follow(&mut self, folders: &BTreeSet<PathBuf>) {
        let Some(watch) = &mut self.watch else { return };
        let was_polling = watch.is_polling();
        // Without a watch, the author has to reload pages.
        if watch.follow(folders).unwrap_or(false) {
            // Files in these folders may have changed after the look at them, and before the watch.
            self.state.tell(LoopEvent::Changed(Vec::new()));
        }
        if watch.is_polling() && !was_polling {
            self.machine.progress().tell("the system has no watches left; looking for changes every second");
        }
    }
}
