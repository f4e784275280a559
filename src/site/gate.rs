//! How much of files is held in memory at once while they are read.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Lets files pass as long as they are no longer than a limit, all together; a longer one passes alone. Who waits here must not hold
/// what others wait for, and who has passed must not wait for another thread of the same pool.
#[derive(Debug)]
pub(super) struct Gate {
    limit: u64,
    used: Mutex<u64>,
    changed: Condvar,
}

/// A file that has passed, until it is dropped.
#[derive(Debug)]
pub(super) struct Passed<'a> {
    gate: &'a Gate,
    len: u64,
}

impl Gate {
    pub(super) fn new(limit: u64) -> Self {
        Self { limit, used: Mutex::new(0), changed: Condvar::new() }
    }

    /// Waits until a file of `len` bytes may be read.
    pub(super) fn pass(&self, len: u64) -> Passed<'_> {
        let mut used = self.used();
        while *used > 0 && *used + len > self.limit {
            used = self.changed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        *used += len;
        Passed { gate: self, len }
    }

    fn used(&self) -> MutexGuard<'_, u64> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Passed<'_> {
    fn drop(&mut self) {
        *self.gate.used() -= self.len;
        self.gate.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn no_more_passes_at_once_than_the_limit() {
        let gate = Gate::new(100);
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for thread in 0..8_u64 {
                let (gate, now, most) = (&gate, &now, &most);
                scope.spawn(move || {
                    for number in 0..200 {
                        let len = [10, 40, 99, 1][(thread + number) as usize % 4];
                        let _passed = gate.pass(len);
                        most.fetch_max(now.fetch_add(len, Ordering::SeqCst) + len, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(len, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!((99..=100).contains(&most.into_inner()));
        drop(gate.pass(1000));
        assert_eq!(*gate.used(), 0);
    }
}
