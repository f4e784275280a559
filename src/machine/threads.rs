//! The thread policy: the only place that starts threads for tasks.
//!
//! In: a number of threads. Out: a pool of as many threads as the system grants, down to the calling thread alone. All parallel work
//! runs inside [`Threads::run`]; rayon's global pool, which panics if it gets no threads, is never used. Must not know what the
//! threads work on.

use std::io;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use super::memory::{Limit, Limiter};

/// Stack size in bytes of a thread that decodes. A thread that waits for parts of one photo may start another photo on top of it, so stacks are large.
pub const STACK: usize = 8 << 20;

/// Address space of a thread in bytes: its stack, and the space that glibc reserves for its allocations.
const SPACE: u64 = STACK as u64 + (64 << 20);

/// Largest number of threads: more do not help, and use address space.
const MOST: usize = 1024;

/// Number of processors that this process may use, including quotas of control groups.
#[must_use]
pub fn default_count() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// The threads for all parallel work.
#[derive(Debug)]
pub struct Threads {
    /// `None` if no thread can be started; the calling thread then does all the work.
    pool: Option<ThreadPool>,
}

impl Threads {
    /// Starts this many threads. If the system refuses, uses half of what it grants: the other half is left to ffmpeg, rsync and
    /// whatever else counts against the same limit. If the system grants none, the calling thread does the work.
    #[must_use]
    pub fn new(wanted: usize) -> Self {
        Self::made_by(wanted, &|builder, work| builder.spawn(work))
    }

    /// Like [`new`](Self::new), but where address space is limited, threads take at most a quarter of it.
    #[must_use]
    pub fn within(wanted: usize, limit: Option<&Limit>) -> Self {
        Self::new(wanted.min(most_within(limit)))
    }

    /// No threads but the caller's.
    #[cfg(test)]
    pub(super) fn none() -> Self {
        Self { pool: None }
    }

    fn made_by(wanted: usize, spawn: &Spawn) -> Self {
        let mut count = wanted.clamp(1, MOST);
        while count > 0 {
            match pool(count, spawn) {
                Ok(pool) => return Self { pool: Some(pool) },
                Err(granted) => count = granted.min(count - 1).div_ceil(2),
            }
        }
        if rayon::current_thread_index().is_none() {
            // This turns the calling thread into a pool for the rest of its life, and starts no thread.
            drop(ThreadPoolBuilder::new().num_threads(1).use_current_thread().build());
        }
        Self { pool: None }
    }

    /// Number of threads, at least 1.
    #[must_use]
    pub fn count(&self) -> usize {
        self.pool.as_ref().map_or(1, ThreadPool::current_num_threads)
    }

    /// Calls `work`, whose parallel parts use these threads. Call it on the thread that created them.
    pub fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

/// Number of threads that fit into a limit on address space.
fn most_within(limit: Option<&Limit>) -> usize {
    let space = limit.filter(|limit| limit.by == Limiter::Process).map_or(u64::MAX, |limit| limit.bytes / 4);
    usize::try_from(space / SPACE).unwrap_or(usize::MAX).max(1)
}

/// Number of threads of the current pool.
#[must_use]
pub fn current_count() -> usize {
    rayon::current_num_threads()
}

/// Priority of threads for whose work nobody waits, as an addition to the niceness of the process.
#[cfg(target_os = "linux")]
const PATIENCE: i32 = 10;

/// Lowers the priority of the calling thread, so that its work takes no time from other threads that have something to do.
pub fn give_way() {
    // Elsewhere, niceness belongs to the process. A thread whose priority cannot be lowered does the same work.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(PATIENCE);
}

/// Checks that the system grants this many further threads, for libraries that panic if it does not.
///
/// # Errors
/// The system's error.
pub fn are_granted(count: usize) -> io::Result<()> {
    let (ended, changed) = (Mutex::new(false), Condvar::new());
    let wait = || {
        let guard = ended.lock().unwrap_or_else(PoisonError::into_inner);
        drop(changed.wait_while(guard, |ended| !*ended).unwrap_or_else(PoisonError::into_inner));
    };
    thread::scope(|scope| {
        let granted = (0..count).try_for_each(|_| thread::Builder::new().spawn_scoped(scope, wait).map(drop));
        *ended.lock().unwrap_or_else(PoisonError::into_inner) = true;
        changed.notify_all();
        granted
    })
}

/// Whether the error means that the system has run out of threads, processes, open files or memory.
#[must_use]
pub fn is_exhaustion(error: &io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let errno = Errno::from_io_error(error);
        errno.is_some_and(|errno| [Errno::AGAIN, Errno::NOMEM, Errno::MFILE, Errno::NFILE].contains(&errno))
    }
    #[cfg(not(unix))]
    {
        error.kind() == io::ErrorKind::OutOfMemory
    }
}

type Work = Box<dyn FnOnce() + Send>;
type Spawn = dyn Fn(thread::Builder, Work) -> io::Result<thread::JoinHandle<()>>;

/// Starts a pool of this many threads; on failure returns how many of them were granted.
fn pool(count: usize, spawn: &Spawn) -> Result<ThreadPool, usize> {
    let mut begun = Vec::new();
    let built: Result<_, ThreadPoolBuildError> = ThreadPoolBuilder::new()
        .num_threads(count)
        .spawn_handler(|worker| {
            let builder = thread::Builder::new().name(format!("work {}", worker.index())).stack_size(STACK);
            begun.push(spawn(builder, Box::new(|| worker.run()))?);
            Ok(())
        })
        .build();
    built.map_err(|_| {
        let granted = begun.len();
        // The threads end at once, but count against the limit until they have ended.
        for thread in begun {
            let _ = thread.join();
        }
        granted
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use rayon::prelude::*;

    use super::*;

    /// Threads on a machine that grants at most `most` at once.
    fn granted(wanted: usize, most: usize) -> (usize, usize) {
        let left = std::sync::Arc::new(AtomicUsize::new(most));
        let spawn = {
            move |builder: thread::Builder, work: Work| {
                if left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_err() {
                    return Err(io::ErrorKind::WouldBlock.into());
                }
                let left = std::sync::Arc::clone(&left);
                builder.spawn(move || {
                    work();
                    left.fetch_add(1, Ordering::SeqCst);
                })
            }
        };
        // On a separate thread, which may become a pool.
        let result = thread::spawn(move || {
            let threads = Threads::made_by(wanted, &spawn);
            let sum = threads.run(|| {
                assert_eq!(current_count(), threads.count());
                (1..=100).into_par_iter().sum()
            });
            (threads.count(), sum)
        });
        result.join().expect("no panic")
    }

    #[test]
    fn all_threads_are_made_where_the_machine_grants_them() {
        assert_eq!(granted(1, 1), (1, 5050));
        assert_eq!(granted(4, 4), (4, 5050));
    }

    #[test]
    fn where_the_machine_refuses_half_of_what_it_grants_is_used() {
        assert_eq!(granted(8, 7), (4, 5050));
        assert_eq!(granted(8, 4), (2, 5050));
        assert_eq!(granted(100, 3), (2, 5050));
        assert_eq!(granted(2, 1), (1, 5050));
    }

    #[test]
    fn without_any_thread_the_caller_does_the_work() {
        assert_eq!(granted(8, 0), (1, 5050));
        // A second time on the same thread, and inside other threads.
        let twice = thread::spawn(|| {
            let none = |_: thread::Builder, _: Work| Err(io::ErrorKind::WouldBlock.into());
            let sum = || (1..=100).into_par_iter().sum::<usize>();
            [Threads::made_by(4, &none).run(sum), Threads::made_by(4, &none).run(sum)]
        });
        assert_eq!(twice.join().expect("no panic"), [5050, 5050]);
    }

    #[test]
    fn threads_take_no_more_than_their_share_of_address_space() {
        let most = |bytes, by| most_within(Some(&Limit { bytes, by }));
        assert_eq!(most(4 << 30, Limiter::Process), 14);
        assert_eq!(most(1 << 20, Limiter::Process), 1);
        assert!(most(1 << 20, Limiter::Group) > MOST);
        assert!(most_within(None) > MOST);
    }

    #[test]
    fn absurd_numbers_are_cut() {
        assert_eq!(granted(0, 4).0, 1);
        assert!(granted(usize::MAX, 8).0 <= 8);
    }

    #[test]
    fn a_few_threads_are_granted_here() {
        are_granted(0).expect("none");
        are_granted(3).expect("three");
    }
}
