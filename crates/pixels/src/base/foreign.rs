//! Formats that are known, but not supported.

/// A known format that is not supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign {
    /// The usual name of the format.
    pub name: &'static str,
    /// Advice to the author of a site on how to convert such a file.
    pub help: &'static str,
}
