//! Parallel work on threads of the caller; the crate starts none.

/// Calls a function many times, in any order, on one thread or on several.
pub trait Parallelism: Sync {
    /// Returns the number of calls that may run at the same time.
    fn count(&self) -> usize;

    /// Calls `work` once with each number below `count`, and returns when all calls have returned.
    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync));
}

/// Makes one call after the other, on the calling thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sequential;

impl Parallelism for Sequential {
    fn count(&self) -> usize {
        1
    }

    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        (0..count).for_each(work);
    }
}
