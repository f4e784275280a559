//! Feeds, links for sharing and preview cards of a site.

/// The sharing features that the author wants and that are possible; all of them need the site's URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sharing {
    /// Whether feeds are written.
    pub feeds: bool,
    /// Whether stories end with links for sharing.
    pub links: bool,
    /// Whether pages contain preview metadata for other sites (OpenGraph, Twitter cards).
    pub cards: bool,
}
