//! The limit on open files and connections of this process.
//!
//! Out: the limit, raised as far as the system allows without a privilege. Must not know what the descriptors are for.

/// Raises the limit on open descriptors to the most that the system grants, and returns the limit. Linux starts programs with 1,024
/// for the sake of `select`, which cimaise does not call.
#[must_use]
pub fn raise_limit() -> u64 {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
        // A refusal leaves the limit as it was.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
        getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
    }
    #[cfg(not(unix))]
    {
        1024
    }
}

#[cfg(all(test, unix))]
mod tests {
    use rustix::process::{Resource, getrlimit};

    use super::*;

    #[test]
    fn the_limit_is_the_most_that_the_system_grants() {
        let maximum = getrlimit(Resource::Nofile).maximum.unwrap_or(u64::MAX);
        assert_eq!(raise_limit(), maximum);
    }
}
