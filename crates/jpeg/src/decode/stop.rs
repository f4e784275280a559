//! Reasons why the reading of entropy-coded data ends.

/// Reason why the reading of a segment of entropy-coded data stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The data ends.
    End,
    /// The data contradicts itself.
    Damage,
}
