//! Bringing the bytes of every rendition into the store.
//!
//! In: a [`Plan`] and the store. Out: [`Rendered`], after which every key of the plan is in the store. How much is
//! decoded at once follows from the plan's known sizes and a memory budget; the work is done by the threads of the pool that this is
//! called in (`machine::threads`), and those that have no photo of their own help with the renditions of others. A photo that cannot be rendered is one
//! error; what could be rendered is kept. Must not know what a page looks like.

mod arguments;
mod damage;
mod explain;
mod photos;
mod stills;
mod transcodes;

pub use crate::cache::StoredFile;
pub use explain::{Explanations, explain};

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::cache::Store;
use crate::diagnostic::{Diagnostic, Failure, Report, Stop};
use crate::machine::caught::quietly;
use crate::machine::jobs::{self, Idle};
use crate::machine::{Machine, threads};
use crate::plan::Plan;
use crate::site::{Site, VideoId};
use pixels::{Damage, Parallelism, Placeholder};

/// What is certain once all media are rendered.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// For each rendition of the plan: where its bytes are.
    pub files: Vec<StoredFile>,
    /// For each transcode of the plan.
    pub transcodes: Vec<StoredFile>,
    /// For each still of the plan.
    pub stills: Vec<StoredFile>,
    /// What is seen before pictures have loaded.
    pub placeholders: Placeholders,
    /// For each photo of the site: what of it could not be read.
    pub damage: Vec<Option<Damage>>,
    /// How many renditions were made in this run.
    pub made: usize,
    /// How many were there already.
    pub reused: usize,
    /// Bytes of the photos that were decoded in this run.
    pub bytes_read: u64,
}

/// Colours that stand where a picture is about to appear.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placeholders {
    /// For each photo of the site.
    pub photos: Vec<Placeholder>,
    /// For each video of which a frame is shown.
    pub videos: BTreeMap<VideoId, Placeholder>,
}

/// All fit: ffmpeg's memory is not ours to count.
const NO_BUDGET: u64 = u64::MAX >> 1;

/// The threads of the pool, as far as they have no photo of their own.
///
/// While there are photos for all, each is made by one thread: who lends a hand and is waited for cannot go on with the next one
/// meanwhile, and who waits may take up a whole photo, for which the first one then waits.
struct Threads<'a>(&'a Idle);

impl Parallelism for Threads<'_> {
    fn count(&self) -> usize {
        if self.0.any() { threads::current_count() } else { 1 }
    }

    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        let work = |number| quietly(|| work(number));
        for number in 0..count {
            if self.0.any() {
                (number..count).into_par_iter().with_max_len(1).for_each(work);
                return;
            }
            work(number);
        }
    }
}

/// Why something was not made.
enum Trouble {
    /// Its author can mend it.
    Source(Diagnostic),
    /// The same, where the file is not what the plan was made for: what is remembered of it may be wrong.
    Doubted(Box<(PathBuf, Diagnostic)>),
    Machine(Failure),
}

/// What became of each job; `None` if it was not begun.
type Results<T> = Vec<Option<Result<T, Trouble>>>;

/// Does all jobs, of which these are the weights, each with hands that may help it. One that fails because of its source does not keep the others from being done; one that
/// fails because of the machine does.
fn do_all<T: Send>(
    weights: &[u64],
    threads: usize,
    budget: u64,
    job: &(dyn Fn(usize, &Threads<'_>) -> Result<T, Trouble> + Sync),
) -> Results<T> {
    let results: Vec<_> = weights.iter().map(|_| Mutex::new(None)).collect();
    jobs::run(weights, threads, budget, &|number, idle| {
        let result = job(number, &Threads(idle));
        let stop = matches!(result, Err(Trouble::Machine(_)));
        *results[number].lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    results.into_iter().map(|result| result.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

/// What became of a list.
struct Outcome {
    files: Vec<StoredFile>,
    made: usize,
}

/// Puts together what was held already and what was made, by its place in the list; `None` was not begun, because the machine
/// failed. Whatever went wrong is in the report, in the order of the list.
fn outcome(
    mut files: Vec<Option<StoredFile>>,
    results: Vec<(usize, Option<Result<StoredFile, Trouble>>)>,
    report: &mut Report,
) -> Result<Outcome, Stop> {
    let mut made = 0;
    for (number, result) in results {
        match result {
            Some(Ok(file)) => {
                made += 1;
                files[number] = Some(file);
            }
            Some(Err(Trouble::Source(diagnostic))) => report.push(diagnostic),
            Some(Err(Trouble::Doubted(doubted))) => report.push_doubted(&doubted.0, doubted.1),
            Some(Err(Trouble::Machine(failure))) => return Err(failure.into()),
            None => {}
        }
    }
    let files = files.into_iter().collect::<Option<Vec<_>>>().ok_or(Stop::Site)?;
    Ok(Outcome { files, made })
}

/// Makes what the store does not hold of the plan.
///
/// # Errors
/// [`Stop::Site`] if a photo cannot be rendered, or is damaged and the site does not allow that: all others are rendered nevertheless, and every one that cannot is in the
/// report, in the order of the site. [`Stop::Machine`] if the store cannot be written to.
pub fn render(
    site: &Site,
    plan: &Plan,
    store: &Store,
    machine: &Machine<'_>,
    report: &mut Report,
) -> Result<Rendered, Stop> {
    let (share, progress) = (machine.share(), machine.progress());
    // What is wrong with a photo does not keep videos from being made; what is wrong with the machine does.
    let photos =
        unless_broken(photos::render(&site.photos, plan, store, &share, &pixels::render_with, progress, report))?;
    let transcodes = unless_broken(transcodes::render(site, plan, store, share.jobs, progress, report))?;
    let stills = unless_broken(stills::render(site, plan, store, &share, progress, report))?;
    let (Some(mut rendered), Some(transcodes), Some(stills)) = (photos, transcodes, stills) else {
        return Err(Stop::Site);
    };
    damage::tell(&site.photos, &rendered.damage, site.images.damaged, report)?;
    rendered.placeholders.videos = stills::placeholders(plan, &stills.files)?;
    for outcome in [&transcodes, &stills] {
        rendered.made += outcome.made;
        rendered.reused += outcome.files.len() - outcome.made;
    }
    (rendered.transcodes, rendered.stills) = (transcodes.files, stills.files);
    Ok(rendered)
}

/// `None` where the site stopped it.
fn unless_broken<T>(result: Result<T, Stop>) -> Result<Option<T>, Stop> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Stop::Site) => Ok(None),
        Err(broken @ Stop::Machine(_)) => Err(broken),
    }
}
