//! The threads that render files for the preview.
//!
//! In: jobs of the [queue](super::queue). Out: files in the store. Must not know who waits for a file.

use std::sync::Arc;

use super::queue::{Origin, RenderJob};
use super::state::{LoopEvent, SharedState};
use crate::diagnostic::Diagnostic;
use crate::machine::caught::caught;
use crate::plan::{MediaFile, Rendition};
use crate::render::media::{Maker, Trouble};

/// Does jobs until the process ends. At most `most` workers do jobs for which nobody waits.
pub(super) fn work(state: &Arc<SharedState>, maker: &Maker, most: usize) -> ! {
    let store = state.cache.store();
    loop {
        let (job, was_wanted) = state.queue.next(store, most);
        let failure = caught(|| make(&job, maker, state)).unwrap_or_else(|panic| Err(Trouble::bug(panic)));
        let failure = failure.err().map(|trouble| report(trouble, &job, state));
        state.queue.end(&job, was_wanted, failure.as_deref());
    }
}

fn make(job: &RenderJob, maker: &Maker, state: &SharedState) -> Result<(), Trouble> {
    let (site, plan, store) = (&job.snapshot.site, &job.snapshot.plan, state.cache.store());
    match job.origin {
        Origin::Photo(_) => {
            let renditions = job.files.iter().filter_map(|file| match file {
                MediaFile::Rendition(index) => Some(&plan.renditions[*index]),
                MediaFile::Transcode(_) | MediaFile::Still(_) | MediaFile::Copy(_) => None,
            });
            let renditions: Vec<&Rendition> =
                renditions.filter(|rendition| store.get(rendition.key).is_none()).collect();
            maker.photo(site, renditions, store)
        }
        Origin::Frame(video) => maker.stills(site, plan, video, store),
        Origin::Transcode(index) => maker.transcode(site, &plan.transcodes[index], store),
    }
}

/// Passes a failure on to the author; returns it as text for the browser.
fn report(trouble: Trouble, job: &RenderJob, state: &SharedState) -> String {
    let diagnostic = match trouble {
        Trouble::Source(diagnostic) => diagnostic,
        Trouble::Doubted(doubted) => {
            state.tell(LoopEvent::Doubted(doubted.0));
            doubted.1
        }
        Trouble::Machine(failure) => return failure.message(),
    };
    let text = diagnostic.message.clone();
    let photo = if let Origin::Photo(photo) = job.origin { Some(photo) } else { None };
    let photo = photo.map(|photo| job.snapshot.site.photos[photo.index()].absolute.clone());
    state.tell(LoopEvent::Broken(photo, Box::new(Diagnostic::as_error(diagnostic))));
    text
}
