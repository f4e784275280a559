//! What the site offers to other programs.

/// What is wanted, and possible: all of it needs the site's URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sharing {
    /// Whether feeds are written.
    pub feeds: bool,
    /// Whether stories end with links for sharing.
    pub links: bool,
    /// Whether pages say how other sites shall show links to them (OpenGraph, Twitter cards).
    pub cards: bool,
}
