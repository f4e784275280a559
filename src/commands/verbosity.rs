//! Amount of a command's output.

/// Amount of a command's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Verbosity {
    /// Only diagnostics.
    Quiet,
    /// Also progress and a summary.
    #[default]
    Normal,
    /// Also notes about each step and its reason.
    Verbose,
}
