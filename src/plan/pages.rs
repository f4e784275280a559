//! The pages of a site and their paths.

use super::output_path::OutputPath;
use crate::site::{GalleryId, Site};
use crate::source::SitePath;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPage {
    /// Path in the output folder.
    pub path: OutputPath,
    /// What the page shows.
    pub kind: PageKind,
    /// Whether this is the page itself or its light copy.
    pub edition: Edition,
}

/// Which of several pages with the same content a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Edition {
    /// The page itself, whatever its theme.
    #[default]
    Full,
    /// Its copy in the theme `light`.
    Light,
}

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The front page.
    Front,
    /// A gallery, whatever its body.
    Gallery(GalleryId),
}

impl PageKind {
    /// The gallery that the page shows; `None` for the front page.
    #[must_use]
    pub fn gallery(self) -> Option<GalleryId> {
        match self {
            Self::Front => None,
            Self::Gallery(id) => Some(id),
        }
    }
}

/// All pages: the front page, then the galleries in the site's order, each followed by its light copy.
pub(super) fn pages(site: &Site) -> Vec<PlannedPage> {
    let front =
        PlannedPage { path: OutputPath::page(&SitePath::root()), kind: PageKind::Front, edition: Edition::Full };
    let galleries = site.galleries.iter().enumerate().flat_map(|(index, gallery)| {
        let kind = PageKind::Gallery(GalleryId::at(index));
        let full = PlannedPage { path: OutputPath::page(&gallery.path), kind, edition: Edition::Full };
        let light = gallery.light.then(|| OutputPath::page(&gallery.light_folder()));
        [full].into_iter().chain(light.map(|path| PlannedPage { path, kind, edition: Edition::Light }))
    });
    std::iter::once(front).chain(galleries).collect()
}
