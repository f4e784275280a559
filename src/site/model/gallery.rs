//! A gallery: a story, a static page, or an index of further galleries.

use jiff::civil::Date;

use super::ids::GalleryId;
use super::media::Media;
use super::section::Section;
use crate::dates::DateLocale;
use crate::site::text::Fragment;
use crate::source::Theme;
use crate::source::{Protect, SitePath};

/// The name of the folder of a light copy.
pub(in crate::site) const LIGHT: &str = "light";

/// A gallery: a story, a static page, or an index of further galleries.
#[derive(Debug, Clone)]
pub struct Gallery {
    /// Its folder, and so its URL.
    pub path: SitePath,
    /// The gallery it is in, if any.
    pub parent: Option<GalleryId>,
    /// Its title.
    pub title: Fragment,
    /// Shown on its tile; may be empty.
    pub sub_title: Fragment,
    /// Its date.
    pub date: Option<Date>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Text for `<meta name=description>`; may be empty.
    pub description: Fragment,
    /// BCP 47 language of its pages.
    pub language: String,
    /// How dates are written on its pages.
    pub dates: DateLocale,
    /// How its page looks.
    pub theme: Theme,
    /// Whether there is a light copy of its page.
    pub light: bool,
    /// Whether indexes show it.
    pub public: bool,
    /// What has to be known to read it: its own password, or else that of the gallery it is in, or of the site.
    pub password: Option<String>,
    /// What the password protects.
    pub protect: Protect,
    /// The picture on its tile. A public gallery always has one.
    pub cover: Option<Media>,
    /// What is on its page.
    pub body: Body,
}

/// What a gallery's page shows.
#[derive(Debug, Clone)]
pub enum Body {
    /// Sections one below the other.
    Story(Vec<Section>),
    /// The same, with the site's header and menu (`static: true`).
    Static(Vec<Section>),
    /// Tiles of the public galleries inside, in the order in which they are shown.
    Index(Vec<GalleryId>),
}

impl Gallery {
    /// The sections of its page; none on an index.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        self.body.sections()
    }

    /// The folder of its light copy.
    #[must_use]
    pub fn light_folder(&self) -> SitePath {
        self.path.child(LIGHT)
    }
}

impl Body {
    /// The sections; none on an index.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        match self {
            Self::Story(sections) | Self::Static(sections) => sections,
            Self::Index(_) => &[],
        }
    }
}
