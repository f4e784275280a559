//! Who does work that can be done at once. Threads are not known here: whoever has some lends them.

/// Does things in any order, several at once or one after the other.
pub trait Hands: Sync {
    /// How many things may be done at once.
    fn count(&self) -> usize;

    /// Calls `work` with each number below `count`, and comes back when all is done.
    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync));
}

/// Does one thing after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Alone;

impl Hands for Alone {
    fn count(&self) -> usize {
        1
    }

    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        (0..count).for_each(work);
    }
}
