//! The pages of a site and their paths.

use super::output_path::OutputPath;
use crate::site::{GalleryId, Site};
use crate::source::SitePath;

/// A page of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPage {
    /// Path in the output folder.
    pub path: OutputPath,
    /// The content of the page.
    pub kind: PageKind,
    /// Whether this is the page itself or its light copy.
    pub edition: Edition,
}

/// The editions of a page: several pages with the same content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Edition {
    /// The page itself, in the gallery's theme.
    #[default]
    Full,
    /// A copy in the theme `light`.
    Light,
}

/// The content of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The front page.
    Front,
    /// A gallery of any kind.
    Gallery(GalleryId),
}

impl PageKind {
    /// Returns the gallery on the page; `None` for the front page.
    #[must_use]
    pub fn gallery(self) -> Option<GalleryId> {
        match self {
            Self::Front => None,
            Self::Gallery(id) => Some(id),
        }
    }
}

/// Returns all pages: the front page, then the galleries in the site's order, each followed by its light copy.
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
