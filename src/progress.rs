//! How a running stage tells how far it is.
//!
//! Stages report counts; what they look like (bars, lines, nothing) is decided by the command that was called. Nothing
//! here may change a result.

/// Receives the progress of long stages. Called from several threads at once.
pub trait Progress: Sync {
    /// A stage begins that has `total` steps; `what` is a plural noun ("photos").
    fn begin(&self, what: &'static str, total: u64);
    /// `steps` more are done.
    fn advance(&self, steps: u64);
    /// The stage that was begun last is over.
    fn end(&self);
    /// A line that whoever waits for the run has to see.
    fn tell(&self, line: &str);
    /// A line that is worth telling with `--verbose`.
    fn note(&self, line: &str);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _what: &'static str, _total: u64) {}
    fn advance(&self, _steps: u64) {}
    fn end(&self) {}
    fn tell(&self, _line: &str) {}
    fn note(&self, _line: &str) {}
}
