//! How much memory this process may use, and how users write an amount of memory.
//!
//! Out: numbers of bytes. What counts is what this process may use, not what the machine has: in a container both differ, and whoever
//! ignores that is killed. Must not know what the memory is for.

mod groups;
mod limit;
mod parse;

pub use limit::{Limit, Limiter};
pub use parse::parse;

use std::path::Path;

/// What the program takes beside pictures in work, in bytes: its own code and data, and what it knows of a site of thousands of photos.
pub const BESIDE_PICTURES: u64 = 32 << 20;

/// What a budget of so many bytes leaves for pictures.
#[must_use]
pub fn for_pictures(budget: u64) -> u64 {
    budget.saturating_sub(BESIDE_PICTURES)
}

/// Taken where nothing is known of the machine.
const FALLBACK: u64 = 1 << 30;

/// Half of the memory that this process may use.
#[must_use]
pub fn default_budget() -> u64 {
    limit::available(Path::new("/")).map_or(FALLBACK, |bytes| bytes / 2)
}

/// What this process cannot exceed: beyond that it is killed, or stopped by the kernel. `None` if the machine does not say.
#[must_use]
pub fn limit() -> Option<Limit> {
    limit::hard(Path::new("/"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn there_is_always_some_memory() {
        assert!(super::default_budget() > 0);
        assert!(super::limit().is_none_or(|limit| limit.bytes > 0));
    }
}
