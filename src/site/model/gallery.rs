//! A gallery: a story, a static page, or an index of further galleries.

use jiff::civil::Date;

use super::ids::GalleryId;
use super::media::Media;
use super::section::Section;
use crate::dates::DateLocale;
use crate::site::text::Fragment;
use crate::source::Theme;
use crate::source::{Protect, SitePath};

/// Name of the folder that contains a light copy.
pub(in crate::site) const LIGHT: &str = "light";

/// A gallery: a story, a static page, or an index of further galleries.
#[derive(Debug, Clone)]
pub struct Gallery {
    /// Folder of the gallery, which is also its URL.
    pub path: SitePath,
    /// The gallery that contains it; `None` for a gallery of the front page.
    pub parent: Option<GalleryId>,
    /// Title.
    pub title: Fragment,
    /// Subtitle, shown on the tile; may be empty.
    pub sub_title: Fragment,
    /// Date, for sorting and display.
    pub date: Option<Date>,
    /// Tags.
    pub tags: Vec<String>,
    /// Text for `<meta name=description>`; may be empty.
    pub description: Fragment,
    /// Language of the page, as a BCP 47 tag.
    pub language: String,
    /// Locale for the dates on the page.
    pub dates: DateLocale,
    /// Theme of the page.
    pub theme: Theme,
    /// Whether the page has a light copy.
    pub light: bool,
    /// Whether indexes list the gallery.
    pub public: bool,
    /// Password required to read the gallery: its own, or else that of the gallery around it, or of the site.
    pub password: Option<String>,
    /// The part that the password protects.
    pub protect: Protect,
    /// The picture on the tile. A public gallery always has one.
    pub cover: Option<Media>,
    /// Content of the page.
    pub body: Body,
}

/// The content of a gallery's page.
#[derive(Debug, Clone)]
pub enum Body {
    /// Sections, one below the other.
    Story(Vec<Section>),
    /// Sections under the site's header and menu (`static: true`).
    Static(Vec<Section>),
    /// Tiles of the public galleries inside, in display order.
    Index(Vec<GalleryId>),
}

impl Gallery {
    /// Returns the sections of the page; none on an index.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        self.body.sections()
    }

    /// Returns the folder of the light copy.
    #[must_use]
    pub fn light_folder(&self) -> SitePath {
        self.path.child(LIGHT)
    }
}

impl Body {
    /// Returns the sections; none on an index.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        match self {
            Self::Story(sections) | Self::Static(sections) => sections,
            Self::Index(_) => &[],
        }
    }
}
