//! Output for programs rather than readers: feeds and the sitemap.

use std::cmp::Reverse;

use super::output_path::OutputPath;
use crate::site::{Body, GalleryId, Site};
use crate::source::SitePath;

/// A machine-readable list of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listing {
    /// The stories, newest first, for feed readers.
    Feed(FeedKind),
    /// All pages, for search engines.
    Sitemap,
}

impl Listing {
    /// Returns the listings of a site: none without `url`, and none for a fully protected site.
    pub(super) fn of(site: &Site) -> Vec<Self> {
        if site.url.is_none() || site.password.is_some() {
            return Vec::new();
        }
        let feeds = FeedKind::ALL.into_iter().filter(|_| site.sharing.feeds);
        feeds.map(Self::Feed).chain([Self::Sitemap]).collect()
    }

    /// Returns the path in the output folder.
    #[must_use]
    pub fn path(self) -> OutputPath {
        match self {
            Self::Feed(kind) => kind.path(),
            Self::Sitemap => OutputPath::new(&SitePath::root(), "sitemap.xml"),
        }
    }
}

/// Returns the stories in feeds, newest first: public stories in public galleries.
///
/// As on the front page, stories with equal dates are in reverse order of their folders, and stories without a date come last.
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

/// Whether the sitemap lists a gallery: its page is open and reachable.
#[must_use]
pub fn is_in_sitemap(site: &Site, id: GalleryId) -> bool {
    site.galleries[id.index()].password.is_none() && is_found(site, id)
}

/// Whether a page can be reached by links from the front page, protected or not.
fn is_found(site: &Site, id: GalleryId) -> bool {
    let gallery = &site.galleries[id.index()];
    // Indexes do not list a static page with `public: false`, but the menu links to it. Everything inside a private gallery is private.
    let found = gallery.public || matches!(gallery.body, Body::Static(_));
    found && site.lineage(id).skip(1).all(|outer| outer.public)
}

/// The formats of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedKind {
    /// RSS 2.0, at récitale's path.
    Rss,
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedKind {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// Returns the path in the output folder.
    #[must_use]
    pub fn path(self) -> OutputPath {
        let name = match self {
            Self::Rss => "feed.xml",
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        };
        OutputPath::new(&SitePath::root(), name)
    }

    /// Returns the name for readers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }

    /// Returns the media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}
