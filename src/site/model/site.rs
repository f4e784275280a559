//! The site as it will be shown: every value is final.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::conversion::Conversion;
use super::file::{Attachment, LinkedPicture, Photo, Sound, VideoFile};
use super::gallery::Gallery;
use super::ids::{AttachmentId, GalleryId};
use super::image_policy::ImagePolicy;
use super::sharing::Sharing;
use super::written::Written;
use crate::dates::DateLocale;
use crate::site::text::Fragment;
use crate::source::Protect;
use crate::source::Theme;

/// A whole site.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its title.
    pub title: Fragment,
    /// What stands below the title; may be empty.
    pub sub_title: Fragment,
    /// Where it will be served, without a slash at the end; `None` if that is not known.
    pub url: Option<String>,
    /// What is told to feed readers and other sites; nothing without `url`.
    pub sharing: Sharing,
    /// BCP 47 language of the site.
    pub language: String,
    /// How dates are written on the front page.
    pub dates: DateLocale,
    /// How the front page looks.
    pub theme: Theme,
    /// The menu; may be empty.
    pub menu: Vec<MenuItem>,
    /// Under what licence the photos are, if anybody said so.
    pub licence: Licence,
    /// Whether tiles show dates.
    pub show_date: bool,
    /// What has to be known to read the front page, and every gallery that says nothing else.
    pub password: Option<String>,
    /// What the password protects.
    pub protect: Protect,
    /// Which sizes are made.
    pub images: ImagePolicy,
    /// The galleries of the front page, in the order in which they are shown.
    pub front: Vec<GalleryId>,
    /// All galleries, sorted by path.
    pub galleries: Vec<Gallery>,
    /// All photos that something shows, sorted by path.
    pub photos: Vec<Photo>,
    /// All videos that something shows, sorted by path.
    pub videos: Vec<VideoFile>,
    /// All sounds that something plays, sorted by path.
    pub sounds: Vec<Sound>,
    /// How a video is converted that says nothing itself; nothing where there are none, or none are to be shown.
    pub conversion: Option<Arc<Conversion>>,
    /// What templates of the site see; `None` if it has none.
    pub written: Option<Box<Written>>,
    /// Pictures that markup links to, sorted by path.
    pub linked: Vec<LinkedPicture>,
    /// All files that are published as they are, sorted by place.
    pub attachments: Vec<Attachment>,
    /// The site's own style sheet (`custom.css`).
    pub custom_style: Option<AttachmentId>,
    /// The site's own script (`custom.js`).
    pub custom_script: Option<AttachmentId>,
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// A full URL; or what has to follow the way to the root of the output: a percent-encoded path (`about/`,
    /// `%C3%A9t%C3%A9/`), empty for the front page, with `?query` and `#fragment` if there are any.
    pub target: String,
    /// Whether `target` is a URL, to be used as it is.
    pub external: bool,
    /// What is shown.
    pub label: Fragment,
}

/// A licence; both texts may be empty, and are where none is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// Its name.
    pub name: Fragment,
    /// Where it can be read.
    pub url: String,
}

impl Site {
    /// The full address of a file of the output, if it is known where the site will be served. `path` is percent-encoded, from the
    /// root of the output; empty for the front page.
    #[must_use]
    pub fn address(&self, path: &str) -> Option<String> {
        Some(format!("{}/{path}", self.url.as_ref()?))
    }

    /// All passwords, each once, sorted.
    #[must_use]
    pub fn passwords(&self) -> Vec<&str> {
        let galleries = self.galleries.iter().map(|gallery| &gallery.password);
        let all: BTreeSet<&str> = galleries.chain([&self.password]).flatten().map(String::as_str).collect();
        all.into_iter().collect()
    }

    /// A gallery and all those that it is in, from inside.
    pub fn lineage(&self, id: GalleryId) -> impl Iterator<Item = &Gallery> {
        std::iter::successors(Some(&self.galleries[id.index()]), |gallery| {
            gallery.parent.map(|parent| &self.galleries[parent.index()])
        })
    }
}
