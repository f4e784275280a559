//! The time that a browser may take.

use std::time::Duration;

/// Limits for the time that a connection may be silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLimits {
    /// Time for the head of a request, including the wait for it on a connection that has been used before.
    pub head: Duration,
    /// Time after which a browser that does not read is given up.
    pub stalled: Duration,
}

impl Default for TimeLimits {
    /// One minute for the head of a request. Two minutes for a browser that does not read: paused films stop reading, and are asked for
    /// again later.
    fn default() -> Self {
        Self { head: Duration::from_secs(60), stalled: Duration::from_secs(120) }
    }
}
