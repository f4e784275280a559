//! The common rule for budgets of bytes: a request that fits is admitted; one larger than the whole budget is admitted alone.

/// A number of bytes, and how many of them are in use.
#[derive(Debug)]
pub(super) struct Budget {
    limit: u64,
    used: u64,
}

impl Budget {
    pub(super) fn new(limit: u64) -> Self {
        Self { limit, used: 0 }
    }

    /// Number of free bytes below `limit`, which may be lower than that of the budget; `None` if more bytes are in use.
    pub(super) fn free_below(&self, limit: u64) -> Option<u64> {
        limit.min(self.limit).checked_sub(self.used)
    }

    /// Whether `bytes` may be taken now.
    pub(super) fn admits(&self, bytes: u64) -> bool {
        self.used == 0 || self.free_below(self.limit).is_some_and(|free| bytes <= free)
    }

    pub(super) fn take(&mut self, bytes: u64) {
        self.used = self.used.saturating_add(bytes);
    }

    pub(super) fn give_back(&mut self, bytes: u64) {
        self.used = self.used.saturating_sub(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_larger_than_the_budget_is_admitted_alone() {
        let mut budget = Budget::new(10);
        assert!(budget.admits(11));
        budget.take(11);
        assert!(!budget.admits(0));
        assert_eq!(budget.free_below(u64::MAX), None);
        budget.give_back(11);
        budget.take(4);
        assert!(budget.admits(6) && !budget.admits(7));
        assert_eq!(budget.free_below(5), Some(1));
    }
}
