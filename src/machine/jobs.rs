//! The scheduler of jobs within a memory budget.
//!
//! In: the weight of each job in bytes of memory, a number of threads and a budget. The heaviest job starts first, beside lighter
//! ones, and a job starts only when its weight fits into the free part of the budget. Jobs run on the threads of the current pool; a
//! thread that ends a job starts the jobs that now fit, so no thread waits. A job only learns whether threads are idle. Must not know
//! what a job does.

use std::cmp::Reverse;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::ScopeFifo;

use super::budget::Budget;
use super::threads;

/// The number of idle threads: no job is left for them, or none fits beside the running ones.
#[derive(Debug)]
pub struct Idle(AtomicUsize);

impl Idle {
    /// Whether any thread is idle. The answer may be out of date a moment later.
    #[must_use]
    pub fn any(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

/// Calls `work` once with the number of each job, on up to `most` threads of the current pool at a time. `work` may ask whether
/// threads are idle.
///
/// The weights of concurrent jobs never sum to more than `budget`; a heavier job runs alone. When `work` breaks, no further job
/// starts; the call returns when the running jobs have ended.
pub fn run(weights: &[u64], most: usize, budget: u64, work: &(dyn Fn(usize, &Idle) -> ControlFlow<()> + Sync)) {
    // More jobs than threads would be started on top of each other.
    let threads = most.clamp(1, threads::current_count());
    let needed = threads.clamp(1, weights.len().max(1));
    let state = Mutex::new(State::new(weights, budget));
    let comfort = comfort(weights, needed);
    let jobs = Jobs { weights, threads, comfort, idle: Idle(AtomicUsize::new(threads)), state, work };
    rayon::scope_fifo(|scope| jobs.go_on(None, scope));
}

/// Preferred bound on the sum of weights: the weight of the heaviest job, or average jobs on all threads if that is more. It keeps the few
/// heavy jobs of a collection apart, so that the peak is lower than the budget allows, at no cost.
fn comfort(weights: &[u64], threads: usize) -> u64 {
    let sum = weights.iter().fold(0, |sum: u64, weight| sum.saturating_add(*weight));
    let mean = sum.div_ceil(weights.len().max(1) as u64);
    mean.saturating_mul(threads as u64).max(weights.iter().max().copied().unwrap_or(0))
}

struct Jobs<'a> {
    weights: &'a [u64],
    threads: usize,
    comfort: u64,
    idle: Idle,
    state: Mutex<State>,
    work: &'a (dyn Fn(usize, &Idle) -> ControlFlow<()> + Sync),
}

struct State {
    /// Jobs that have not started, the lightest first and, among equals, the last first.
    waiting: Vec<usize>,
    running: usize,
    /// Sum of the weights of the running jobs.
    budget: Budget,
    /// The leading job: the heaviest of those that could be started at that time.
    leader: Option<usize>,
}

impl State {
    fn new(weights: &[u64], budget: u64) -> Self {
        let mut waiting: Vec<usize> = (0..weights.len()).collect();
        waiting.sort_by_key(|&job| (weights[job], Reverse(job)));
        Self { waiting, running: 0, budget: Budget::new(budget), leader: None }
    }
}

impl<'a> Jobs<'a> {
    /// Starts all jobs that fit, now that a job has ended.
    fn go_on<'scope>(&'scope self, ended: Option<usize>, scope: &ScopeFifo<'scope>) {
        for job in self.turn(ended) {
            scope.spawn_fifo(move |scope| {
                if (self.work)(job, &self.idle).is_break() {
                    self.locked().waiting.clear();
                }
                self.go_on(Some(job), scope);
            });
        }
    }

    /// Records that a job has ended, and takes the jobs that start now.
    fn turn(&self, ended: Option<usize>) -> Vec<usize> {
        let mut state = self.locked();
        if let Some(job) = ended {
            state.running -= 1;
            state.budget.give_back(self.weights[job]);
            state.leader = state.leader.filter(|leader| *leader != job);
        }
        let mut starting = Vec::new();
        while state.running < self.threads
            && let Some(place) = self.next(&state)
        {
            let job = state.waiting.remove(place);
            state.running += 1;
            state.budget.take(self.weights[job]);
            state.leader = state.leader.or(Some(job));
            starting.push(job);
        }
        self.idle.0.store(self.threads - state.running, Ordering::Relaxed);
        starting
    }

    /// Index of the job that starts next. Without a leader: the heaviest that fits. Beside a leader: the heaviest that fits into the
    /// comfort, or else the lightest if it fits at all. So heavy jobs come first, one after the other, and none is left for the end.
    fn next(&self, state: &State) -> Option<usize> {
        if state.running == 0 {
            return state.waiting.len().checked_sub(1);
        }
        // Weights ascend, so the jobs that fit are at the front, and the heaviest of them is the last one.
        let fitting = |limit: u64| {
            let left = state.budget.free_below(limit)?;
            state.waiting.partition_point(|&job| self.weights[job] <= left).checked_sub(1)
        };
        let any = fitting(u64::MAX)?;
        Some(if state.leader.is_none() { any } else { fitting(self.comfort).unwrap_or(0) })
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use proptest::prelude::*;

    use super::*;

    /// Runs jobs in a pool of this many threads.
    fn run(weights: &[u64], threads: usize, budget: u64, work: &(dyn Fn(usize, &Idle) -> ControlFlow<()> + Sync)) {
        threads::Threads::new(threads).run(|| super::run(weights, threads, budget, work));
    }

    #[derive(Default)]
    struct Seen {
        order: Vec<usize>,
        running: usize,
        used: u64,
        broken: Vec<String>,
    }

    fn watch(weights: &[u64], threads: usize, budget: u64, stop_at: Option<usize>) -> Seen {
        let seen = Mutex::new(Seen::default());
        run(weights, threads, budget, &|job, _| {
            let mut now = seen.lock().expect("not poisoned");
            now.order.push(job);
            now.running += 1;
            now.used += weights[job];
            if now.running > threads || (now.used > budget && now.running > 1) {
                let text = format!("{} jobs of {} bytes", now.running, now.used);
                now.broken.push(text);
            }
            let stop = stop_at == Some(now.order.len());
            drop(now);
            std::thread::yield_now();
            let mut now = seen.lock().expect("not poisoned");
            now.running -= 1;
            now.used -= weights[job];
            if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        seen.into_inner().expect("not poisoned")
    }

    proptest! {
        #[test]
        fn every_job_runs_once_and_never_more_at_once_than_fits(
            weights in proptest::collection::vec(0_u64..120, 0..60),
            threads in 1_usize..=4,
            budget in 0_u64..200,
        ) {
            let seen = watch(&weights, threads, budget, None);
            prop_assert!(seen.broken.is_empty(), "{:?}", seen.broken);
            let mut order = seen.order;
            order.sort_unstable();
            prop_assert_eq!(order, (0..weights.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_heaviest_goes_first_and_equals_in_order() {
        assert_eq!(watch(&[1, 5, 3, 5], 1, 100, None).order, [1, 3, 2, 0]);
    }

    #[test]
    fn heavy_jobs_meet_only_when_lighter_ones_are_gone() {
        let weights = [60, 60, 60, 10, 10, 10, 10, 10, 10, 10, 10, 10];
        let counts = Mutex::new((0, 9));
        run(&weights, 2, 1000, &|job, _| {
            let mut now = counts.lock().expect("not poisoned");
            if weights[job] == 60 {
                assert!(now.0 == 0 || now.1 == 0, "{now:?}");
                now.0 += 1;
            } else {
                now.1 -= 1;
            }
            drop(now);
            std::thread::yield_now();
            counts.lock().expect("not poisoned").0 -= usize::from(weights[job] == 60);
            ControlFlow::Continue(())
        });
        let both = Barrier::new(2);
        run(&[60, 60, 10], 2, 120, &|job, _| {
            if job < 2 {
                // Passes only if both jobs run at the same time.
                both.wait();
            }
            ControlFlow::Continue(())
        });
    }

    #[test]
    fn comfort_is_one_heavy_job_or_many_ordinary_ones() {
        assert_eq!(comfort(&[50, 10, 10, 10], 1), 50);
        assert_eq!(comfort(&[50, 10, 10, 10], 3), 60);
        assert_eq!(comfort(&[], 3), 0);
        assert_eq!(comfort(&[u64::MAX, u64::MAX], 3), u64::MAX);
    }

    #[test]
    fn what_is_heavier_than_the_budget_runs_alone() {
        let seen = watch(&[50, 500, 50, 700], 4, 100, None);
        assert!(seen.broken.is_empty(), "{:?}", seen.broken);
        assert_eq!(seen.order.len(), 4);
    }

    #[test]
    fn after_a_break_nothing_is_started() {
        assert_eq!(watch(&[1; 50], 1, 100, Some(3)).order.len(), 3);
        // Four jobs start together, and each of them breaks.
        let (four, begun) = (Barrier::new(4), Mutex::new(0));
        run(&[1; 50], 4, 100, &|_, _| {
            *begun.lock().expect("not poisoned") += 1;
            four.wait();
            ControlFlow::Break(())
        });
        assert_eq!(begun.into_inner().expect("not poisoned"), 4);
    }

    #[test]
    fn what_fits_together_runs_together() {
        let both = Barrier::new(2);
        run(&[40, 60], 2, 100, &|_, _| {
            // Passes only if both jobs run at the same time.
            both.wait();
            ControlFlow::Continue(())
        });
    }

    #[test]
    fn a_job_learns_that_others_rest() {
        // No thread is idle while there is a job for each.
        let both = Barrier::new(2);
        run(&[40, 60], 2, 100, &|_, idle| {
            both.wait();
            assert!(!idle.any());
            both.wait();
            ControlFlow::Continue(())
        });
        // The third thread never gets a job; a thread whose job does not fit is idle, and so is one without a job.
        run(&[40, 60], 3, 100, &|_, idle| {
            assert!(idle.any());
            ControlFlow::Continue(())
        });
        for weights in [&[60, 60][..], &[60, 0]] {
            run(weights, 2, 100, &|number, idle| {
                while number == 0 && !idle.any() {
                    std::thread::yield_now();
                }
                ControlFlow::Continue(())
            });
        }
    }
}
