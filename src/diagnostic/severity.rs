//! The severities of diagnostics.

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site cannot be built.
    Error,
    /// The site is built, but perhaps not as its author intended.
    Warning,
}
