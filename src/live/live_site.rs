//! The main loop of a preview: changes come in, snapshots come out.
//!
//! In: events of the watcher, of requests and of workers. Out: a new snapshot after each change, news for browsers and for the terminal.
//! While nothing happens, the loop has the files read that no page has asked for, and then has all files rendered.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::answers::Answers;
use super::changes::Changes;
use super::line::{LineRun, StageLine};
use super::news::{News, problems};
use super::queue::all_jobs;
use super::read_ahead::ReadAhead;
use super::snapshot::Snapshot;
use super::stage::RestStage;
use super::state::{LoopEvent, SharedState};
use super::watch::FolderWatch;
use super::workers;
use crate::cache::Cache;
use crate::diagnostic::{Diagnostic, Failure, Policy, Report, Stop};
use crate::machine::{Machine, fs};
use crate::serve::Served;
use crate::source::SETTINGS;
use crate::tasks::{Options, read_source};

/// Longest wait for the end of changes.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A function that passes news on to the author.
type Tell<'a> = dyn FnMut(&News<'_>) + 'a;

/// A site that is shown while it is written.
pub struct LiveSite<'a> {
    machine: &'a Machine<'a>,
    line: StageLine<'a>,
    state: Arc<SharedState>,
    receiver: Receiver<LoopEvent>,
    watch: Option<FolderWatch>,
    read_ahead: Arc<ReadAhead>,
    /// Errors in files that were found while rendering, since the last change.
    broken: Vec<Diagnostic>,
    /// The report at the beginning of each run.
    blank: Report,
    /// The snapshot before the current one. Freeing its memory can wait.
    former: Option<Arc<Snapshot>>,
    report: Report,
    stage: RestStage,
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
    let blank = Report::with(policy).of_site(&options.site);
    if !fs::exists(options.site.join(SETTINGS)).unwrap_or(false) {
        let mut problems = blank.clone();
        if let Err(stop) = read_source(options, &mut problems) {
            *report = problems;
            return Err(stop);
        }
    }
    workers::are_granted(machine.share().jobs).map_err(Failure::on("start threads for", &options.site))?;
    let cache = Arc::new(Cache::open(&options.cache)?);
    let (sender, receiver) = mpsc::channel();
    let state = Arc::new(SharedState::new(Arc::clone(&cache), sender));
    let watch = watch(options, &state);
    if watch.is_none() {
        machine.progress().tell("the system reports no changes of files; reload the page after each change");
    }
    Ok(LiveSite {
        machine,
        line: StageLine::new(options, machine, cache),
        state,
        receiver,
        watch,
        read_ahead: Arc::default(),
        broken: Vec::new(),
        blank,
        former: None,
        report: Report::default(),
        stage: RestStage::Fresh,
    })
}

fn watch(options: &Options, state: &Arc<SharedState>) -> Option<FolderWatch> {
    let whole = |folder: &Path| fs::whole(folder).ok();
    let excluded = [whole(&options.output), whole(&options.cache)].into_iter().flatten().collect();
    let state = Arc::clone(state);
    FolderWatch::new(whole(&options.site)?, excluded, Box::new(move |paths| state.tell(LoopEvent::Changed(paths)))).ok()
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
        workers::start(&self.state, &self.read_ahead, self.machine.share())
            .map_err(Failure::on("make a thread for", Path::new("pictures")))?;
        // Watched before the first look at the files, so that no change in between is missed.
        if let Some(watch) = &mut self.watch {
            let _ = watch.follow(&BTreeSet::new());
        }
        self.renew(&[], Instant::now(), tell);
        loop {
            let event = match self.stage.patience() {
                Some(time) => self.receiver.recv_timeout(time),
                None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match event {
                Ok(event) => self.react(event, tell),
                Err(RecvTimeoutError::Timeout) => self.rest(tell),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    fn react(&mut self, event: LoopEvent, tell: &mut Tell<'_>) {
        let begun = Instant::now();
        let changes = self.collect(event, begun);
        self.stage = self.stage.disturbed();
        self.line.take_over(changes.read);
        let is_corrected = self.line.distrust(&changes.doubted);
        let is_damaged = self.line.note_damage(changes.damaged);
        let is_needed = self.line.ask(changes.needed);
        if let Some(changed) = changes.changed {
            self.broken.clear();
            self.line.try_again();
            return self.renew(&changed, begun, tell);
        }
        let (left_out, broken): (Vec<_>, Vec<_>) =
            changes.broken.into_iter().partition(|(photo, why)| self.leave_out(photo.as_deref(), why));
        if !broken.is_empty() {
            self.add_broken(broken.into_iter().map(|(_, why)| why), tell);
        }
        if is_damaged || !left_out.is_empty() {
            self.renew(&[], begun, tell);
        } else if is_corrected || is_needed {
            self.renew_quietly(tell);
        }
    }

    /// Adds all events that belong to the first one.
    fn collect(&self, first: LoopEvent, begun: Instant) -> Changes {
        let mut changes = Changes::default();
        let add = |changes: &mut Changes, event| {
            self.state.hear();
            changes.add(event);
        };
        add(&mut changes, first);
        while begun.elapsed() < LONGEST_WAIT
            && let Ok(event) = self.receiver.recv_timeout(changes.quiet())
        {
            add(&mut changes, event);
        }
        changes
    }

    fn leave_out(&mut self, photo: Option<&Path>, why: &Diagnostic) -> bool {
        photo.is_some_and(|photo| self.line.leave_out(photo.to_owned(), why.clone()))
    }

    /// Runs the stages after a change, and tells everybody.
    fn renew(&mut self, changed: &[PathBuf], begun: Instant, tell: &mut Tell<'_>) {
        let run = self.line.run(self.blank.clone());
        let is_shown = run.result.is_ok();
        let (failure, folders) = self.take(run);
        self.state.send_problems();
        if is_shown {
            self.state.send_snapshot();
        }
        let (report, failure, took) = (&self.report, failure.as_ref(), begun.elapsed());
        tell(&News { report, changed, is_shown, failure, took });
        self.follow(&folders);
    }

    /// Runs the stages because more files have been read: what browsers show does not change.
    fn renew_quietly(&mut self, tell: &mut Tell<'_>) {
        let before = self.state.problems();
        let run = self.line.run(self.blank.clone());
        let (failure, folders) = self.take(run);
        if self.state.problems() != before {
            self.state.send_problems();
        }
        self.tell_problems(failure.as_ref(), tell);
        self.follow(&folders);
    }

    /// Tells the author about the problems of the current state.
    fn tell_problems(&self, failure: Option<&Failure>, tell: &mut Tell<'_>) {
        tell(&News { report: &self.report, changed: &[], is_shown: true, failure, took: Duration::ZERO });
    }

    /// Takes over the result of a run. Returns the failure of the machine, if any, and the folders to follow: that can wait until everybody
    /// knows the result.
    fn take(&mut self, run: LineRun) -> (Option<Failure>, BTreeSet<PathBuf>) {
        let LineRun { result, report, folders } = run;
        self.report = report;
        self.broken.iter().for_each(|diagnostic| self.report.push(diagnostic.clone()));
        self.report.sort();
        self.state.queue.forget_failures();
        let (snapshot, failure) = match result {
            Ok(snapshot) => (Some(Arc::new(snapshot)), None),
            Err(Stop::Site) => (None, None),
            Err(Stop::Machine(failure)) => (None, Some(failure)),
        };
        self.stage = if snapshot.is_some() { RestStage::Fresh } else { self.stage };
        self.former = self.state.renew(snapshot, problems(&self.report, failure.as_ref()));
        (failure, folders)
    }

    fn add_broken(&mut self, broken: impl Iterator<Item = Diagnostic>, tell: &mut Tell<'_>) {
        let mut news = self.report.clone();
        // The author knows the others.
        news.rewind(0);
        for diagnostic in broken {
            news.push(diagnostic.clone());
            self.report.push(diagnostic.clone());
            self.broken.push(diagnostic);
        }
        self.state.set_problems(problems(&self.report, None));
        self.state.send_problems();
        tell(&News { report: &news, changed: &[], is_shown: true, failure: None, took: Duration::ZERO });
    }

    /// Does the next step of what can wait.
    fn rest(&mut self, tell: &mut Tell<'_>) {
        self.former = None;
        let snapshot = self.state.current_snapshot();
        self.stage = match (self.stage, snapshot) {
            // A site with errors since the start.
            (_, None) => return self.settle(tell),
            (RestStage::Fresh, Some(snapshot)) if snapshot.unread.is_empty() => RestStage::Surveying,
            (RestStage::Fresh, Some(snapshot)) => {
                self.read_ahead.renew(self.line.partly_read(&snapshot.unread));
                RestStage::Reading
            }
            (RestStage::Reading, Some(snapshot)) if self.line.are_read(&snapshot.unread) => {
                return self.renew_quietly(tell);
            }
            (RestStage::Surveying, Some(snapshot)) => {
                let looked = self.line.look_for_damage(&snapshot);
                if looked.is_news {
                    return self.renew(&[], Instant::now(), tell);
                }
                if looked.is_complete {
                    self.state.queue.renew(all_jobs(&snapshot));
                    RestStage::Rendering
                } else {
                    RestStage::Surveying
                }
            }
            (RestStage::Rendering, Some(_)) if self.state.queue.is_idle() => return self.settle(tell),
            (stage, Some(_)) => stage,
        };
    }

    /// Brings ledger and store to the disk. Afterwards, the loop sleeps until the next event.
    fn settle(&mut self, tell: &mut Tell<'_>) {
        let rendered = self.state.queue.ended();
        if let Err(failure) = self.line.settle() {
            self.tell_problems(Some(&failure), tell);
        }
        // A worker that ends a job from now on wakes the loop.
        self.state.set_settled(true);
        let is_settled = self.state.queue.is_idle() && self.state.queue.ended() == rendered;
        self.state.set_settled(is_settled);
        self.stage = if is_settled { RestStage::Settled } else { RestStage::Rendering };
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
