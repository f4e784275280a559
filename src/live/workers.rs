//! The threads of the preview: those that render files, and those that read files ahead.
//!
//! In: jobs of the [queue](super::queue). Out: files in the store. Must not know who waits for a file.

use std::io;
use std::sync::Arc;
use std::thread::Builder;
use std::time::Instant;

use super::queue::{Failed, Origin, RenderJob};
use super::read_ahead::ReadAhead;
use super::state::{LoopEvent, SharedState};
use crate::diagnostic::Diagnostic;
use crate::machine::caught::caught;
use crate::machine::{Share, threads};
use crate::render::media::{self, Maker, Trouble};
use crate::site::WholeReader;
use pixels::Recipe;

/// Number of threads beside those that render and read: one for the watcher, one for the server, and four that read for it.
const OTHER_THREADS: usize = 6;

/// Number of threads of each kind that do work for which nobody waits.
fn for_rest(jobs: usize) -> usize {
    jobs.saturating_sub(1).max(1)
}

/// Checks that the system grants all threads of a preview: some libraries panic if they get none.
///
/// # Errors
/// The system's reason.
pub(super) fn are_granted(jobs: usize) -> io::Result<()> {
    threads::are_granted(jobs + 2 * for_rest(jobs) + OTHER_THREADS)
}

/// Starts all threads.
///
/// # Errors
/// If the system refuses a thread.
pub(super) fn start(state: &Arc<SharedState>, read_ahead: &Arc<ReadAhead>, share: Share) -> io::Result<()> {
    let (maker, reader) = (Arc::new(Maker::new(share)), Arc::new(WholeReader::new(&share)));
    for _ in 0..share.jobs {
        let (state, maker) = (Arc::clone(state), Arc::clone(&maker));
        thread("wanted").spawn(move || -> () { work(&state, &maker, || state.queue.next_wanted()) })?;
    }
    for _ in 0..for_rest(share.jobs) {
        let (for_rendering, maker) = (Arc::clone(state), Arc::clone(&maker));
        thread("render").spawn(move || -> () { work_on_rest(&for_rendering, &maker) })?;
        let (for_reading, read_ahead, reader) = (Arc::clone(state), Arc::clone(read_ahead), Arc::clone(&reader));
        thread("read").spawn(move || -> () { read(&for_reading, &read_ahead, &reader) })?;
    }
    Ok(())
}

fn thread(name: &str) -> Builder {
    Builder::new().name(name.to_owned()).stack_size(threads::STACK)
}

/// Does jobs for which nobody waits, until the process ends.
fn work_on_rest(state: &SharedState, maker: &Maker) -> ! {
    threads::give_way();
    work(state, maker, || state.queue.next_of_rest(state.cache.store()))
}

/// Reads files ahead, until the process ends.
fn read(state: &SharedState, read_ahead: &ReadAhead, reader: &WholeReader) -> ! {
    threads::give_way();
    read_ahead.work(reader, |file| state.tell(LoopEvent::Read(Box::new(file))))
}

/// Does jobs until the process ends.
fn work(state: &SharedState, maker: &Maker, next: impl Fn() -> RenderJob) -> ! {
    loop {
        let job = next();
        let failure = caught(|| make(&job, maker, state)).unwrap_or_else(|panic| Err(Trouble::bug(panic)));
        let failure = failure.err().map(|trouble| report(trouble, &job, state));
        if failure.is_none() {
            look_for_damage(&job, state);
        }
        state.queue.end(&job, failure.as_ref());
        state.tell_rendered();
    }
}

fn make(job: &RenderJob, maker: &Maker, state: &SharedState) -> Result<(), Trouble> {
    let (site, plan, store) = (&job.snapshot.site, &job.snapshot.plan, state.cache.store());
    match job.origin {
        Origin::Photo(_) => {
            let renditions = job.renditions().filter(|rendition| store.get(rendition.key).is_none()).collect();
            maker.photo(site, renditions, store)
        }
        Origin::Frame(video) => maker.stills(site, plan, video, store),
        Origin::Transcode(index) => maker.transcode(site, &plan.transcodes[index], store),
    }
}

/// Reports damage that decoding has found in a photo.
fn look_for_damage(job: &RenderJob, state: &SharedState) {
    for survey in job.renditions().filter(|rendition| matches!(rendition.recipe, Recipe::Survey { .. })) {
        if let Some(Some(damage)) = media::damage(survey.key, state.cache.store()) {
            state.tell(LoopEvent::Damaged(survey.key, damage));
        }
    }
}

/// Passes a failure on to the author; returns it for the browser.
fn report(trouble: Trouble, job: &RenderJob, state: &SharedState) -> Failed {
    let diagnostic = match trouble {
        Trouble::Source(diagnostic) => diagnostic,
        Trouble::Doubted(doubted) => {
            state.tell(LoopEvent::Doubted(doubted.0));
            doubted.1
        }
        Trouble::Machine(failure) => return Failed { why: failure.message(), at: Some(Instant::now()) },
    };
    let failed = Failed { why: diagnostic.message.clone(), at: None };
    let photo = if let Origin::Photo(photo) = job.origin { Some(photo) } else { None };
    let photo = photo.map(|photo| job.snapshot.site.photos[photo.index()].absolute.clone());
    state.tell(LoopEvent::Broken(photo, Box::new(Diagnostic::as_error(diagnostic))));
    failed
}
