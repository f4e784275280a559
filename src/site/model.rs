//! The site as it will be shown: every value is final.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::dates::DateLocale;
use crate::diagnostic::Span;
use crate::site::{
    Attachment, AttachmentId, Conversion, Fragment, GalleryId, LinkedPicture, OfFile, Photo, PhotoId, Section, Sharing,
    Sound, Theme, VideoFile, VideoId, Written,
};
use crate::source::{Captions, Damaged, Fit, Full, Geometry, Protect, SitePath};
use pixels::{Background, Colors, Effort, Metadata};

/// The folder of light copies.
pub(super) const LIGHT: &str = "light";

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

/// `settings.images`, defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImagePolicy {
    /// Sizes, ascending, without repetition.
    pub ladder: Vec<u32>,
    /// Which side they measure.
    pub fit: Fit,
    /// What the full-size picture is.
    pub full: Full,
    /// How much time goes into small files.
    pub effort: Effort,
    /// Whether colour spaces other than sRGB are kept.
    pub colors: Colors,
    /// What transparent pictures are laid over; nothing if they stay transparent.
    pub background: Option<Background>,
    /// What becomes of photos of which only a part can be read.
    pub damaged: Damaged,
    /// Where captions and titles in the files serve.
    pub captions: Captions,
}

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
    pub cover: Option<Cover>,
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

/// A picture on a tile.
#[derive(Debug, Clone)]
pub enum Cover {
    /// A photo.
    Photo(Picture),
    /// A video.
    Video(Video),
}

/// A photo or a video, where either may stand.
#[derive(Debug, Clone)]
pub enum Media {
    /// A photo.
    Photo(Picture),
    /// A video.
    Video(Video),
}

/// How a photo is rendered: `gm`, with what one use of the photo says laid over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureOptions {
    /// 1 to 100.
    pub quality: u8,
    /// Turn it upright.
    pub auto_orient: bool,
    /// What of its metadata stays.
    pub metadata: Metadata,
    /// Size of the full-size picture, if it is not the source's.
    pub resize: Option<Geometry>,
    /// Progressive JPEG.
    pub progressive: bool,
}

/// A photo where it is used.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Which one.
    pub photo: PhotoId,
    /// How it is rendered.
    pub options: PictureOptions,
    /// Description for those who do not see it; empty if it is decoration.
    pub alt: String,
    /// Caption; may be empty.
    pub caption: Fragment,
    /// What feeds and other programs are told of it instead of `alt`; may be empty.
    pub told: String,
    /// Which of these texts are the file's.
    pub of_file: OfFile,
    /// Where it was named.
    pub span: Span,
}

/// A video where it is used.
#[derive(Debug, Clone)]
pub struct Video {
    /// Which one.
    pub file: VideoId,
    /// Whether the reader gets controls.
    pub controls: bool,
    /// Whether it plays by itself, without sound, again and again, wherever it stands.
    pub ambient: bool,
    /// How it is converted.
    pub conversion: Arc<Conversion>,
    /// How large its place lets it be.
    pub place: VideoPlace,
    /// How its pictures are rendered where it does not move.
    pub still: PictureOptions,
    /// Caption; may be empty.
    pub caption: Fragment,
    /// Where it was named.
    pub span: Span,
}

/// Where a video stands, which says how high it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VideoPlace {
    /// Alone on the page.
    Page,
    /// Alone in a row.
    Row,
    /// With others in a row, or beside a text.
    Cell,
}

impl VideoPlace {
    /// Its largest height in pixels, which is récitale's.
    #[must_use]
    pub fn height(self) -> u32 {
        match self {
            Self::Page => 2000,
            Self::Row => 1366,
            Self::Cell => 600,
        }
    }
}

impl Picture {
    /// Its caption for programs, and whether that is the file's; may be empty.
    #[must_use]
    pub fn caption_for_programs(&self) -> (String, bool) {
        match self.caption.plain() {
            caption if caption.trim().is_empty() => (self.told.clone(), self.of_file.told),
            caption => (caption, self.of_file.caption),
        }
    }
}

impl Gallery {
    /// The folder of its light copy.
    #[must_use]
    pub fn light_folder(&self) -> SitePath {
        self.path.child(LIGHT)
    }
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
