//! The order in which missing files are rendered: those that browsers wait for, in the order of their requests, then all others.
//!
//! In: files of a snapshot. Out: jobs for the [workers](super::workers). All files of one photo that are wanted when its turn comes are
//! one job, and a file that is being rendered is not rendered a second time. Must not know how a file is rendered.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::snapshot::Snapshot;
use crate::cache::{Key, Store, StoredFile};
use crate::plan::{MediaFile, Rendition, TranscodeSource};
use crate::site::{PhotoId, VideoId};

/// Files that are rendered together, because they come from one decoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    Photo(PhotoId),
    Frame(VideoId),
    Transcode(usize),
}

impl Origin {
    fn of(snapshot: &Snapshot, file: MediaFile) -> Option<Self> {
        match file {
            MediaFile::Rendition(index) => Some(Self::Photo(snapshot.plan.renditions[index].photo)),
            MediaFile::Still(index) => Some(Self::Frame(snapshot.plan.stills[index].video)),
            MediaFile::Transcode(index) => Some(Self::Transcode(index)),
            MediaFile::Copy(_) => None,
        }
    }
}

/// Work for one worker.
#[derive(Debug, Clone)]
pub(super) struct RenderJob {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) origin: Origin,
    /// The files to render, which the store lacks.
    pub(super) files: Vec<MediaFile>,
}

impl RenderJob {
    /// Returns the renditions among the files.
    pub(super) fn renditions(&self) -> impl Iterator<Item = &Rendition> {
        self.files.iter().filter_map(|file| match file {
            MediaFile::Rendition(index) => Some(&self.snapshot.plan.renditions[*index]),
            MediaFile::Transcode(_) | MediaFile::Still(_) | MediaFile::Copy(_) => None,
        })
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.files.iter().filter_map(|file| self.snapshot.key(*file))
    }
}

/// Time after which a failure of the machine is no reason any more to refuse a file: a disk may have room again.
const RETRY: Duration = Duration::from_secs(2);

/// Why a file could not be rendered.
#[derive(Debug, Clone)]
pub(super) struct Failed {
    /// The reason, for the browser.
    pub(super) why: String,
    /// The time of a failure of the machine; `None` if the reason lies in the source, and lasts until a file changes.
    pub(super) at: Option<Instant>,
}

impl Failed {
    fn is_current(&self) -> bool {
        self.at.is_none_or(|at| at.elapsed() < RETRY)
    }
}

#[derive(Debug, Default)]
struct QueueState {
    /// Requested files, oldest request first.
    wanted: VecDeque<(Arc<Snapshot>, MediaFile)>,
    /// Everything else that the current snapshot needs, in the order of the site.
    rest: VecDeque<RenderJob>,
    running: BTreeSet<Key>,
    /// Files that the store was found to hold, so that it is not asked again after each change.
    found: HashSet<Key>,
    /// Number of jobs that have ended.
    ended: u64,
    /// Why files could not be rendered.
    failed: BTreeMap<Key, Failed>,
}

/// The queue between requests and workers.
#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<QueueState>,
    /// There is something to do.
    work: Condvar,
    /// A job has ended.
    ended: Condvar,
}

impl Queue {
    /// Returns a file of the store once it is rendered; blocks until then.
    ///
    /// # Errors
    /// Why the file cannot be rendered.
    pub(super) fn file(&self, snapshot: &Arc<Snapshot>, file: MediaFile, store: &Store) -> Result<StoredFile, String> {
        let Some(key) = snapshot.key(file) else { return Err("not a rendered file".to_owned()) };
        let mut asked = false;
        loop {
            if let Some(stored) = store.get(key) {
                return Ok(stored);
            }
            let mut state = self.state();
            if let Some(failed) = state.failed.get(&key).filter(|failed| failed.is_current()) {
                return Err(failed.why.clone());
            }
            if !state.running.contains(&key) {
                // A job that ended between the two looks at the store.
                if asked && store.get(key).is_some() {
                    continue;
                }
                if !state.wanted.iter().any(|(other, wanted)| other.key(*wanted) == Some(key)) {
                    state.wanted.push_back((Arc::clone(snapshot), file));
                    self.work.notify_all();
                }
            }
            asked = true;
            drop(self.ended.wait(state).unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// Replaces the files that are rendered while nobody waits.
    pub(super) fn renew(&self, rest: VecDeque<RenderJob>) {
        self.state().rest = rest;
        self.work.notify_all();
    }

    /// Forgets failures: their cause may be gone.
    pub(super) fn forget_failures(&self) {
        self.state().failed.clear();
    }

    /// Whether nothing is left to render.
    pub(super) fn is_idle(&self) -> bool {
        let state = self.state();
        state.wanted.is_empty() && state.rest.is_empty() && state.running.is_empty()
    }

    /// Number of jobs that have ended so far.
    pub(super) fn ended(&self) -> u64 {
        self.state().ended
    }

    /// Waits for the next job for which somebody waits.
    pub(super) fn next_wanted(&self) -> RenderJob {
        self.next(take_wanted)
    }

    /// Waits for the next job for which nobody waits. While somebody waits for another, no such job begins.
    pub(super) fn next_of_rest(&self, store: &Store) -> RenderJob {
        self.next(|state| if state.wanted.is_empty() { take_of_rest(state, store) } else { None })
    }

    fn next(&self, take: impl Fn(&mut QueueState) -> Option<RenderJob>) -> RenderJob {
        let mut state = self.state();
        loop {
            if let Some(job) = take(&mut state) {
                state.running.extend(job.keys());
                return job;
            }
            state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Records the end of a job, and wakes all who wait.
    pub(super) fn end(&self, job: &RenderJob, failure: Option<&Failed>) {
        let mut state = self.state();
        for key in job.keys() {
            state.running.remove(&key);
            if let Some(failed) = failure {
                state.failed.insert(key, failed.clone());
            }
        }
        state.ended += 1;
        drop(state);
        self.ended.notify_all();
        self.work.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, QueueState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_missing(key: Key, found: &mut HashSet<Key>, store: &Store) -> bool {
    if found.contains(&key) {
        return false;
    }
    let is_there = store.get(key).is_some();
    if is_there {
        found.insert(key);
    }
    !is_there
}

/// Takes the next job for which nobody waits, with those of its files that the store lacks.
fn take_of_rest(state: &mut QueueState, store: &Store) -> Option<RenderJob> {
    loop {
        let mut job = state.rest.pop_front()?;
        let QueueState { running, found, .. } = &mut *state;
        let snapshot = Arc::clone(&job.snapshot);
        job.files.retain(|file| {
            snapshot.key(*file).is_some_and(|key| !running.contains(&key) && is_missing(key, found, store))
        });
        if !job.files.is_empty() {
            return Some(job);
        }
    }
}

/// Takes the oldest request, with all other requests that the same decoding serves.
fn take_wanted(state: &mut QueueState) -> Option<RenderJob> {
    loop {
        let (snapshot, first) = state.wanted.pop_front()?;
        let origin = Origin::of(&snapshot, first)?;
        let mut files = vec![first];
        // The same decoding makes the photo's placeholder, and shows whether the photo is damaged.
        files.extend(survey(&snapshot, origin).filter(|survey| *survey != first));
        state.wanted.retain(|(other, file)| {
            let joins = Arc::ptr_eq(other, &snapshot) && Origin::of(other, *file) == Some(origin);
            if joins {
                files.push(*file);
            }
            !joins
        });
        files.retain(|file| snapshot.key(*file).is_some_and(|key| !state.running.contains(&key)));
        if !files.is_empty() {
            return Some(RenderJob { snapshot, origin, files });
        }
    }
}

/// Returns the survey of a photo.
fn survey(snapshot: &Snapshot, origin: Origin) -> Option<MediaFile> {
    let Origin::Photo(photo) = origin else { return None };
    snapshot.plan.surveys.get(photo.index()).map(|survey| MediaFile::Rendition(survey.index()))
}

/// Returns a job for each photo, frame and transcode of a snapshot, photos first. Files made from unread sources have no final names, so they
/// are left out.
pub(super) fn all_jobs(snapshot: &Arc<Snapshot>) -> VecDeque<RenderJob> {
    let plan = &snapshot.plan;
    let renditions = (0..plan.renditions.len()).map(MediaFile::Rendition);
    let stills = (0..plan.stills.len()).map(MediaFile::Still);
    let (sounds, videos): (Vec<_>, Vec<_>) = (0..plan.transcodes.len())
        .partition(|index| matches!(plan.transcodes[*index].source, TranscodeSource::Sound(_)));
    let transcodes = sounds.into_iter().chain(videos).map(MediaFile::Transcode);
    let mut jobs: VecDeque<RenderJob> = VecDeque::new();
    for file in renditions.chain(stills).chain(transcodes) {
        if snapshot.source_of(file).is_some_and(|source| snapshot.unread.contains(source)) {
            continue;
        }
        let Some(origin) = Origin::of(snapshot, file) else { continue };
        match jobs.back_mut().filter(|job| job.origin == origin) {
            Some(job) => job.files.push(file),
            None => jobs.push_back(RenderJob { snapshot: Arc::clone(snapshot), origin, files: vec![file] }),
        }
    }
    jobs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_of_the_machine_pass_and_those_of_sources_stay() {
        let failed = |at| Failed { why: String::new(), at };
        let long_ago = Instant::now().checked_sub(RETRY * 2);
        assert!(failed(None).is_current() && failed(Some(Instant::now())).is_current());
        assert!(long_ago.is_none_or(|at| !failed(Some(at)).is_current()));
    }
}
