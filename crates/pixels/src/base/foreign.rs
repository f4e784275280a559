//! Formats that are known, but not read.

/// A known format that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign {
    /// The usual name of the format.
    pub name: &'static str,
    /// How the author of a site can convert such a file.
    pub help: &'static str,
}
