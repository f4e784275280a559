//! The site as it will be shown: every value is final.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::cache::Digest;
use crate::dates::DateLocale;
use crate::diagnostic::Span;
use crate::ffmpeg::Probe;
use crate::image::{About, Background, Colors, Effort, Header, Metadata};
use crate::site::{Conversion, Fragment, Sharing, Theme, Written};
use crate::source::{Damaged, Data, Fit, Full, Geometry, Protect, SitePath};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Its place in the list.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A gallery, by its place in [`Site::galleries`].
    GalleryId;
    /// A photo, by its place in [`Site::photos`].
    PhotoId;
    /// A video, by its place in [`Site::clips`].
    ClipId;
    /// A sound, by its place in [`Site::sounds`].
    SoundId;
    /// A file that is published as it is, by its place in [`Site::attachments`].
    AttachmentId;
}

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
    /// Under what licence the photos are.
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
    pub clips: Vec<Clip>,
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

/// A licence; both texts may be empty.
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
    /// Whether a picture without a caption of its author's shows the one in its file.
    pub captions: bool,
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

/// A source picture.
#[derive(Debug, Clone)]
pub struct Photo {
    /// Its path in the site.
    pub path: SitePath,
    /// Where it really is.
    pub absolute: PathBuf,
    /// Of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// What its first bytes tell.
    pub header: Header,
    /// What it says about itself.
    pub about: About,
}

/// A source video.
#[derive(Debug, Clone)]
pub struct Clip {
    /// Its path in the site.
    pub path: SitePath,
    /// Where it really is.
    pub absolute: PathBuf,
    /// Of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// What it shows, and for how long.
    pub film: Probe,
}

/// A file that is published as it is, at a place of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its path in the site.
    pub path: SitePath,
    /// Its path in the output.
    pub to: SitePath,
    /// Where it really is.
    pub absolute: PathBuf,
    /// Of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
}

/// A picture that an author's own markup or style names: published at its own path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkedPicture {
    /// Which one.
    pub photo: PhotoId,
    /// What of its metadata stays.
    pub metadata: Metadata,
}

/// A source sound.
#[derive(Debug, Clone)]
pub struct Sound {
    /// Its path in the site.
    pub path: SitePath,
    /// Where it really is.
    pub absolute: PathBuf,
    /// Of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// How it is converted; `None` if it is published as it is.
    pub conversion: Option<Conversion>,
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
    /// Where it was named.
    pub span: Span,
}

/// A video where it is used.
#[derive(Debug, Clone)]
pub struct Video {
    /// Which one.
    pub clip: ClipId,
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

/// CSS that an author wrote for one section. Every text is a checked CSS value (`css`: a list of declarations) that
/// cannot end the rule it is put in; empty if there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    /// `background`.
    pub background: String,
    /// `color`; with a sound, the colour of its player.
    pub color: String,
    /// `css`.
    pub declarations: String,
}

/// One section of a story.
#[derive(Debug, Clone)]
pub struct Section {
    /// Where it was written.
    pub span: Span,
    /// Its colours.
    pub style: Style,
    /// What it is.
    pub kind: SectionKind,
    /// All its keys, for the site's templates; nothing if it has none.
    pub data: Data,
}

/// The text over a full-screen picture; each may be missing.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// Large.
    pub title: Fragment,
    /// Smaller.
    pub sub_title: Fragment,
    /// A day, or the first of several.
    pub date: Option<Date>,
    /// The last day.
    pub date_end: Option<Date>,
}

impl Section {
    /// Its type; known only in sites that have templates.
    #[must_use]
    pub fn type_name(&self) -> Option<&str> {
        match self.data.get("type") {
            Some(Data::Text(name)) => Some(name),
            _ => None,
        }
    }
}

/// A section by its type.
#[derive(Debug, Clone)]
pub enum SectionKind {
    /// A picture that fills the screen.
    FullPicture {
        /// The picture.
        media: Media,
        /// Text over it.
        overlay: Option<Overlay>,
        /// Whether it stands still while the page scrolls.
        fixed: bool,
        /// CSS position of what must stay visible when it is cropped; a checked value.
        position: String,
    },
    /// A picture with space around it; its caption is the section's text.
    BorderedPicture {
        /// The picture.
        media: Media,
    },
    /// Rows of pictures.
    PicturesGroup {
        /// None is empty.
        rows: Vec<Vec<Media>>,
    },
    /// A centred text.
    Text {
        /// The text.
        text: Fragment,
    },
    /// A titled text, perhaps with a picture beside it.
    Paragraph {
        /// Title; without one a separator stands there.
        title: Fragment,
        /// The text.
        text: Fragment,
        /// The picture beside it.
        image: Option<Aside>,
    },
    /// A quotation.
    Quote {
        /// The words.
        text: Fragment,
    },
    /// Markup as it was written.
    Html {
        /// The markup.
        html: Fragment,
    },
    /// Something embedded, in a 16:9 box.
    Iframe {
        /// The whole markup.
        markup: Fragment,
    },
    /// A wide picture to pan through.
    Panorama {
        /// The picture.
        picture: Picture,
    },
    /// A sound.
    Audio {
        /// Which one.
        sound: SoundId,
        /// What it is called.
        title: Fragment,
    },
    /// Who took the pictures.
    Author {
        /// Name; may be empty.
        name: Fragment,
        /// Portrait.
        portrait: Picture,
        /// A few words; may be empty.
        text: Fragment,
        /// Links (label, URL), in the order in which they are shown.
        links: Vec<(String, String)>,
    },
    /// Whatever a template of the site makes of it.
    Custom {
        /// Its type.
        name: String,
    },
}

/// A picture beside a text.
#[derive(Debug, Clone)]
pub struct Aside {
    /// The picture or video.
    pub media: Media,
    /// Whether it stands at the right.
    pub right: bool,
    /// CSS width; a checked value.
    pub width: String,
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
