//! The cause of a syntax error, as an offset with message and help.

/// The cause of an error, and its place.
pub(super) struct SyntaxCause {
    /// Offset in bytes.
    pub(super) at: usize,
    /// Description of the problem.
    pub(super) message: String,
    /// Cure.
    pub(super) help: String,
    /// A second place, with its label.
    pub(super) related: Option<(usize, &'static str)>,
}
