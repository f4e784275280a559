//! The share of the machine that a run may use.
//!
//! In: the user's limits. Out: a [`Machine`], which every task of the library gets: threads, memory, and a receiver of progress.
//! Must not know what a task does.

use super::allocator;
use super::memory::{self, Limit};
use super::progress::{Progress, Silent};
use super::threads::{self, Threads};

/// The user's limits for a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Number of files to process in parallel.
    pub jobs: usize,
    /// Bytes of memory for the whole process. A photo that needs more is processed alone.
    pub memory: u64,
}

impl Default for Limits {
    /// All processors, and half of the available memory.
    fn default() -> Self {
        Self { jobs: threads::default_count(), memory: memory::default_budget() }
    }
}

/// The part of the [`Limits`] that the machine grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Number of threads.
    pub jobs: usize,
    /// Bytes of memory for all files that are processed at the same time.
    pub memory: u64,
    /// Upper bound of the process, if known: a file that needs more is refused.
    pub limit: Option<Limit>,
}

impl Share {
    fn of(limits: Limits, limit: Option<Limit>, jobs: usize) -> Self {
        let memory = limit.map_or(limits.memory, |limit| limit.bytes.min(limits.memory));
        Self { jobs, memory: memory::for_pictures(memory), limit }
    }
}

/// Threads, memory and progress for the tasks of one run.
///
/// Use it on the thread that made it: where the system grants no further thread, that thread does all the work.
pub struct Machine<'p> {
    threads: Threads,
    share: Share,
    progress: &'p dyn Progress,
}

impl<'p> Machine<'p> {
    /// Starts up to [`Limits::jobs`] threads, as many as the system grants, and adjusts the allocator to the memory.
    #[must_use]
    pub fn new(limits: Limits, progress: &'p dyn Progress) -> Self {
        // Both must precede the threads, which use address space and fix the allocator's arenas.
        allocator::limit_retention(limits.jobs, limits.memory);
        let limit = memory::limit();
        let threads = Threads::within(limits.jobs, limit.as_ref());
        let jobs = threads.count();
        if jobs < limits.jobs {
            progress.note(&format!("only {jobs} of {} threads could be started", limits.jobs));
        }
        Self { threads, share: Share::of(limits, limit, jobs), progress }
    }

    /// A machine with the default limits and without progress.
    #[must_use]
    pub fn silent() -> Machine<'static> {
        Machine::new(Limits::default(), &Silent)
    }

    /// The share that the machine grants.
    #[must_use]
    pub fn share(&self) -> Share {
        self.share
    }

    /// The receiver of progress.
    #[must_use]
    pub fn progress(&self) -> &'p dyn Progress {
        self.progress
    }

    /// Calls `work`; its parallel parts run on the threads of this machine.
    pub fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.threads.run(work)
    }
}

#[cfg(test)]
impl Machine<'static> {
    /// A machine for unit tests: these limits, and no threads but those of the test.
    pub(crate) fn of(jobs: usize, memory: u64, limit: Option<Limit>) -> Self {
        Self { threads: Threads::none(), share: Share { jobs, memory, limit }, progress: &Silent }
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::{BESIDE_PICTURES, Limiter};
    use super::*;

    #[test]
    fn the_budget_stays_within_the_limit() {
        let of = |memory, limit: Option<u64>| {
            let limit = limit.map(|bytes| Limit { bytes, by: Limiter::Machine });
            Share::of(Limits { jobs: 2, memory }, limit, 2).memory
        };
        assert_eq!(of(1 << 30, None), (1 << 30) - BESIDE_PICTURES);
        assert_eq!(of(1 << 30, Some(1 << 29)), (1 << 29) - BESIDE_PICTURES);
        assert_eq!(of(1 << 20, Some(1 << 29)), 0);
    }
}
