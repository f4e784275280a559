//! The progress of long stages.
//!
//! Stages report counts; the command decides how to show them: bars, lines or nothing. Must not change a result.

/// A receiver of progress. Several threads may call it at once.
pub trait Progress: Sync {
    /// Begins a stage of `total` steps; `what` is a plural noun ("photos").
    fn begin(&self, what: &'static str, total: u64);
    /// Adds `steps` finished steps to the current stage.
    fn advance(&self, steps: u64);
    /// Ends the current stage.
    fn end(&self);
    /// Shows a line to the user.
    fn tell(&self, line: &str);
    /// Shows a line to a user who asked for details.
    fn note(&self, line: &str);
}

/// Ignores all progress.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _what: &'static str, _total: u64) {}
    fn advance(&self, _steps: u64) {}
    fn end(&self) {}
    fn tell(&self, _line: &str) {}
    fn note(&self, _line: &str) {}
}
