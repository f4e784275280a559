//! How much a command prints.

/// How much a command prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Verbosity {
    /// Only diagnostics.
    Quiet,
    /// Progress and a summary as well.
    #[default]
    Normal,
    /// Notes on what is done and why, too.
    Verbose,
}
