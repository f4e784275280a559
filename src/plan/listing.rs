//! What is made for programs rather than for readers: feeds and the sitemap.

use std::cmp::Reverse;

use super::output_path::OutputPath;
use crate::site::{Body, GalleryId, Site};
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

/// The stories that feeds list, newest first: those that are public, in galleries that are public.
///
/// As on the front page, equal dates come in reversed order of folders, and stories without a date last.
#[must_use]
pub fn feed_stories(site: &Site) -> Vec<GalleryId> {
    let is_listed = |id: &GalleryId| matches!(site.galleries[id.index()].body, Body::Story(_)) && is_found(site, *id);
    let mut stories: Vec<GalleryId> = (0..site.galleries.len()).map(GalleryId::at).filter(is_listed).collect();
    stories.sort_by_key(|id| {
        let gallery = &site.galleries[id.index()];
        Reverse((gallery.date, &gallery.path))
    });
    stories
}

/// Whether the sitemap lists a gallery: everybody may read and find its page.
#[must_use]
pub fn is_in_sitemap(site: &Site, id: GalleryId) -> bool {
    site.galleries[id.index()].password.is_none() && is_found(site, id)
}

/// Whether a page can be found by following links from the front page, protected or not.
fn is_found(site: &Site, id: GalleryId) -> bool {
    let gallery = &site.galleries[id.index()];
    // `public: false` keeps a static page out of indexes, but the menu leads to it. What is inside something private is private.
    let found = gallery.public || matches!(gallery.body, Body::Static(_));
    found && site.lineage(id).skip(1).all(|outer| outer.public)
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
