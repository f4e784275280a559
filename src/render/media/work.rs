//! Runs jobs in parallel, and collects their results.
//!
//! In: jobs and their weights. Out: a file or a [`Trouble`] for each job. Must not know what a job renders.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use pixels::Parallelism;
use rayon::prelude::*;

use crate::cache::StoredFile;
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop};
use crate::machine::caught::quietly;
use crate::machine::jobs::{self, Idle};
use crate::machine::threads;

/// A budget that admits all jobs, because ffmpeg's memory is not counted.
pub(super) const NO_BUDGET: u64 = u64::MAX >> 1;

/// The threads of the pool that have no photo of their own.
///
/// As long as there are photos for all threads, each photo is rendered by one thread. A thread that other threads wait for cannot start its
/// next photo, and a thread that waits for helpers may pick up a whole photo, which delays its first one.
pub(super) struct IdleThreads<'a>(&'a Idle);

impl Parallelism for IdleThreads<'_> {
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

/// The reason why a file was not made.
pub enum Trouble {
    /// The source has an error that its author can correct.
    Source(Diagnostic),
    /// Like `Source`, but the file differs from the one that was planned: its entry in the ledger may be wrong.
    Doubted(Box<(PathBuf, Diagnostic)>),
    /// The machine failed.
    Machine(Failure),
}

impl Trouble {
    /// A panic in cimaise.
    #[must_use]
    pub fn bug(cause: impl ToString) -> Self {
        let error = Diagnostic::new(Code::CimaiseBug, "cannot render a file because of a bug in cimaise");
        Self::Source(error.help("please report the bug with the output of `--verbose`").cause(cause))
    }
}

/// The result of each job; `None` if it was not started.
pub(super) type Results<T> = Vec<Option<Result<T, Trouble>>>;

/// Runs jobs with these weights; other threads may help each of them. A job that fails because of its source does not stop the others; a
/// job that fails because of the machine does.
pub(super) fn do_all<T: Send>(
    weights: &[u64],
    threads: usize,
    budget: u64,
    job: &(dyn Fn(usize, &IdleThreads<'_>) -> Result<T, Trouble> + Sync),
) -> Results<T> {
    let results: Vec<_> = weights.iter().map(|_| Mutex::new(None)).collect();
    jobs::run(weights, threads, budget, &|number, idle| {
        let result = job(number, &IdleThreads(idle));
        let stop = matches!(result, Err(Trouble::Machine(_)));
        *results[number].lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    results.into_iter().map(|result| result.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

/// The files of a list, and the number of new ones.
pub(super) struct Outcome {
    pub(super) files: Vec<StoredFile>,
    pub(super) made: usize,
}

/// Combines the files that the store contained with new results, which have their index in the list; `None` was not started because the
/// machine failed. Errors are added to the report in the order of the list.
pub(super) fn outcome(
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
            Some(Err(Trouble::Source(diagnostic))) => report.push(diagnostic.as_error()),
            Some(Err(Trouble::Doubted(doubted))) => report.push_doubted(&doubted.0, doubted.1),
            Some(Err(Trouble::Machine(failure))) => return Err(failure.into()),
            None => {}
        }
    }
    let files = files.into_iter().collect::<Option<Vec<_>>>().ok_or(Stop::Site)?;
    Ok(Outcome { files, made })
}
