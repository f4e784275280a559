//! The typed form of `sections`, and of the pictures and videos in them.

use jiff::civil::Date;

use super::settings::{FfmpegOptions, PictureOptions};
use super::{Data, Spanned};
use crate::diagnostic::Span;

/// What a media name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum MediaKind {
    /// Anything without `type: video`.
    #[default]
    Image,
    /// `type: video`.
    Video,
}

/// A photo or video where it is used: a name, or a map with `name`.
#[derive(Debug, Clone)]
pub struct MediaRef {
    /// `name`, relative to the gallery's folder.
    pub name: Spanned<String>,
    /// `type`.
    pub kind: MediaKind,
    /// `text`, the caption.
    pub text: Option<Spanned<String>>,
    /// `alt`, cimaise's own: the description for those who do not see the picture.
    pub alt: Option<Spanned<String>>,
    /// `float`.
    pub float: Option<Spanned<String>>,
    /// `size`, a CSS width.
    pub size: Option<Spanned<String>>,
    /// `controls`, for videos.
    pub controls: Option<Spanned<bool>>,
    /// `quality`, `strip` and so on.
    pub options: PictureOptions,
    /// `binary`, `format` and so on, for videos.
    pub ffmpeg: FfmpegOptions,
}

/// One entry of `sections`.
#[derive(Debug, Clone)]
pub struct Section {
    /// The whole map.
    pub span: Span,
    /// Its type and what goes with it.
    pub kind: SectionKind,
    /// All keys, for the site's templates; nothing if it has none.
    pub data: Data,
}

/// The text over a `full-picture`.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// `title`.
    pub title: Option<Spanned<String>>,
    /// `sub_title`.
    pub sub_title: Option<Spanned<String>>,
    /// `date`.
    pub date: Option<Spanned<Date>>,
    /// `date_end`.
    pub date_end: Option<Spanned<Date>>,
}

/// `images` of a `pictures-group`.
#[derive(Debug, Clone)]
pub enum Rows {
    /// A list of rows.
    Given(Vec<Vec<MediaRef>>),
    /// A flat list: rows are made from the pictures' proportions.
    Automatic(Vec<MediaRef>),
}

/// A section by its `type`.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "fields bear the names of the keys")]
pub enum SectionKind {
    /// `full-picture`
    FullPicture {
        image: MediaRef,
        text: Option<Overlay>,
        fixed: Option<Spanned<bool>>,
        background_position: Option<Spanned<String>>,
    },
    /// `bordered-picture`
    BorderedPicture { image: MediaRef, text: Option<Spanned<String>>, background: Option<Spanned<String>> },
    /// `pictures-group`
    PicturesGroup { images: Rows, background: Option<Spanned<String>>, css: Option<Spanned<String>> },
    /// `text`
    Text { text: Option<Spanned<String>>, background: Option<Spanned<String>>, color: Option<Spanned<String>> },
    /// `paragraph`
    Paragraph {
        title: Option<Spanned<String>>,
        text: Option<Spanned<String>>,
        image: Option<MediaRef>,
        background: Option<Spanned<String>>,
        color: Option<Spanned<String>>,
    },
    /// `quote`
    Quote { text: Option<Spanned<String>>, background: Option<Spanned<String>>, color: Option<Spanned<String>> },
    /// `html`
    Html { html: Option<Spanned<String>>, background: Option<Spanned<String>>, color: Option<Spanned<String>> },
    /// `iframe`; `name` is the whole markup
    Iframe { name: Spanned<String> },
    /// `panorama`
    Panorama { image: MediaRef },
    /// `audio`; `image` is the file's name
    Audio { image: Spanned<String>, title: Option<Spanned<String>>, color: Option<Spanned<String>> },
    /// `author`
    Author {
        name: Option<Spanned<String>>,
        image: MediaRef,
        text: Option<Spanned<String>>,
        twitter: Option<Spanned<String>>,
        facebook: Option<Spanned<String>>,
        website: Option<Spanned<String>>,
    },
    /// Any other type, which the site has a template for.
    Custom { name: Spanned<String> },
}
