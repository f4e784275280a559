//! How the reading of entropy-coded data ends.

/// Why the reading of a segment of entropy-coded data stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// It is over.
    End,
    /// It contradicts itself.
    Damage,
}
