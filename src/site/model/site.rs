//! The resolved site; every value is final.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::conversion::Conversion;
use super::file::{Attachment, LinkedPicture, Photo, Sound, VideoFile};
use super::gallery::{Body, Gallery};
use super::ids::{AttachmentId, GalleryId};
use super::image_policy::ImagePolicy;
use super::sharing::Sharing;
use super::written::Written;
use crate::dates::DateLocale;
use crate::site::text::Fragment;
use crate::source::Protect;
use crate::source::Theme;

/// A complete site, resolved.
#[derive(Debug, Clone)]
pub struct Site {
    /// Title.
    pub title: Fragment,
    /// Subtitle, shown below the title; may be empty.
    pub sub_title: Fragment,
    /// URL of the published site, without a trailing slash; `None` if it is unknown.
    pub url: Option<String>,
    /// Sharing features; all off without `url`.
    pub sharing: Sharing,
    /// Language of the site, as a BCP 47 tag.
    pub language: String,
    /// Locale for the dates on the front page.
    pub dates: DateLocale,
    /// Theme of the front page.
    pub theme: Theme,
    /// Menu entries; may be empty.
    pub menu: Vec<MenuItem>,
    /// Licence of the photos; empty if the author states none.
    pub licence: Licence,
    /// Whether tiles show dates.
    pub show_date: bool,
    /// Password required to read the front page and every gallery that has no password of its own.
    pub password: Option<String>,
    /// The part that the password protects.
    pub protect: Protect,
    /// Rules for rendering the photos.
    pub images: ImagePolicy,
    /// The galleries of the front page, in display order.
    pub front: Vec<GalleryId>,
    /// All galleries, sorted by path.
    pub galleries: Vec<Gallery>,
    /// All photos in use, sorted by path.
    pub photos: Vec<Photo>,
    /// All videos in use, sorted by path.
    pub videos: Vec<VideoFile>,
    /// All sounds in use, sorted by path.
    pub sounds: Vec<Sound>,
    /// Conversion for videos that have no settings of their own; `None` if the site has no videos, or if
    /// they are not shown or cannot be converted.
    pub conversion: Option<Arc<Conversion>>,
    /// Data for the site's templates; `None` if the site has none.
    pub written: Option<Box<Written>>,
    /// Pictures that the author's markup links to, sorted by path.
    pub linked: Vec<LinkedPicture>,
    /// All files that are published unchanged, sorted by path.
    pub attachments: Vec<Attachment>,
    /// The site's own style sheet (`custom.css`).
    pub custom_style: Option<AttachmentId>,
    /// The site's own script (`custom.js`).
    pub custom_script: Option<AttachmentId>,
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// A full URL, or a percent-encoded path from the root of the output (`about/`, `%C3%A9t%C3%A9/`), empty for the
    /// front page, with `?query` and `#fragment` if there are any. Pages put the relative path to the root before it.
    pub target: String,
    /// Whether `target` is a full URL, to be used unchanged.
    pub external: bool,
    /// Text of the entry.
    pub label: Fragment,
}

/// A licence; both texts are empty if the author states none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// Name.
    pub name: Fragment,
    /// URL of the licence text.
    pub url: String,
}

impl Site {
    /// Returns the absolute URL of a file in the output; `None` if the site's URL is unknown. `path` is
    /// percent-encoded and relative to the root of the output; empty for the front page.
    #[must_use]
    pub fn address(&self, path: &str) -> Option<String> {
        Some(format!("{}/{path}", self.url.as_ref()?))
    }

    /// Returns all passwords, sorted, without duplicates.
    #[must_use]
    pub fn passwords(&self) -> Vec<&str> {
        let galleries = self.galleries.iter().map(|gallery| &gallery.password);
        let all: BTreeSet<&str> = galleries.chain([&self.password]).flatten().map(String::as_str).collect();
        all.into_iter().collect()
    }

    /// Returns the galleries before and after a gallery in its index; none if the index does not show it.
    #[must_use]
    pub fn neighbours(&self, id: GalleryId) -> [Option<GalleryId>; 2] {
        let parent = self.galleries[id.index()].parent;
        let shown: &[GalleryId] = match parent.map(|parent| &self.galleries[parent.index()].body) {
            None => &self.front,
            Some(Body::Index(children)) => children,
            Some(Body::Story(_) | Body::Static(_)) => &[],
        };
        let Some(at) = shown.iter().position(|&other| other == id) else { return [None; 2] };
        [at.checked_sub(1).map(|at| shown[at]), shown.get(at + 1).copied()]
    }

    /// Returns a gallery and all galleries around it, innermost first.
    pub fn lineage(&self, id: GalleryId) -> impl Iterator<Item = &Gallery> {
        std::iter::successors(Some(&self.galleries[id.index()]), |gallery| {
            gallery.parent.map(|parent| &self.galleries[parent.index()])
        })
    }
}
