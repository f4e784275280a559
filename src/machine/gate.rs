//! The semaphore for memory: threads wait here until the bytes that they ask for are free.
//!
//! In: a budget, and the size of each request. Out: a permit, which gives the bytes back when it is dropped. Must not know what the
//! memory is for.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::budget::Budget;

/// A memory budget that threads wait for. A request larger than the budget is granted alone. A waiting thread must not hold anything
/// that other threads wait for, and a thread with a permit must not wait for another thread of the same pool.
#[derive(Debug)]
pub struct Gate {
    budget: Mutex<Budget>,
    changed: Condvar,
}

/// The bytes granted to one request, until it is dropped.
#[derive(Debug)]
pub struct Permit<'a> {
    gate: &'a Gate,
    bytes: u64,
}

impl Gate {
    /// Creates a gate for this many bytes.
    #[must_use]
    pub fn new(limit: u64) -> Self {
        Self { budget: Mutex::new(Budget::new(limit)), changed: Condvar::new() }
    }

    /// Waits until `bytes` are free, and takes them.
    pub fn pass(&self, bytes: u64) -> Permit<'_> {
        let mut budget = self.budget();
        while !budget.admits(bytes) {
            budget = self.changed.wait(budget).unwrap_or_else(PoisonError::into_inner);
        }
        budget.take(bytes);
        Permit { gate: self, bytes }
    }

    fn budget(&self) -> MutexGuard<'_, Budget> {
        self.budget.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.gate.budget().give_back(self.bytes);
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
        assert_eq!(gate.budget().free_below(u64::MAX), Some(100));
    }
}
