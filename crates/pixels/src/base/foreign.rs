//! Formats that are known, but not read.

/// A known format that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign {
    /// Its usual name.
    pub name: &'static str,
    /// What the author of a site can do.
    pub help: &'static str,
}
