//! Memory available to this process, and memory sizes as users write them.
//!
//! Out: memory sizes in bytes: those that this process may use, not those of the machine. In a container the two differ, and a process
//! that ignores this is killed. Must not know what the memory is for.

mod groups;
mod limit;
mod parse;

pub use limit::{Limit, Limiter};
pub use parse::parse;

use std::path::Path;

/// Memory in bytes that the program uses besides pictures: code, data, and the facts about a site of thousands of photos.
pub const BESIDE_PICTURES: u64 = 32 << 20;

/// Part of a budget that is available for pictures, in bytes.
#[must_use]
pub fn for_pictures(budget: u64) -> u64 {
    budget.saturating_sub(BESIDE_PICTURES)
}

/// Memory in bytes assumed if the machine reports nothing.
const FALLBACK: u64 = 1 << 30;

/// Half of the memory that this process may use, in bytes.
#[must_use]
pub fn default_budget() -> u64 {
    limit::available(Path::new("/")).map_or(FALLBACK, |bytes| bytes / 2)
}

/// The limit that this process cannot exceed: beyond it, the kernel kills or stalls the process. `None` if the machine reports none.
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
