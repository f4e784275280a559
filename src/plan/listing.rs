//! What is made for programs rather than for readers: feeds and the sitemap.

use super::output_path::OutputPath;
use crate::site::Site;
use crate::source::SitePath;

/// A list of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listing {
    /// The newest stories, for feed readers.
    Feed(FeedKind),
    /// All pages, for search engines.
    Sitemap,
}

impl Listing {
    /// Those of a site: none where nobody knows its address, and a site that is protected as a whole tells programs nothing.
    pub(super) fn of(site: &Site) -> Vec<Self> {
        if site.url.is_none() || site.password.is_some() {
            return Vec::new();
        }
        let feeds = FeedKind::ALL.into_iter().filter(|_| site.sharing.feeds);
        feeds.map(Self::Feed).chain([Self::Sitemap]).collect()
    }

    /// Where it is published.
    #[must_use]
    pub fn path(self) -> OutputPath {
        match self {
            Self::Feed(kind) => kind.path(),
            Self::Sitemap => OutputPath::new(&SitePath::root(), "sitemap.xml"),
        }
    }
}

/// The languages of feed readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedKind {
    /// RSS 2.0, where récitale has it.
    Rss,
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// Where it is published.
    #[must_use]
    pub fn path(self) -> OutputPath {
        let name = match self {
            Self::Rss => "feed.xml",
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        };
        OutputPath::new(&SitePath::root(), name)
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}
