//! The typed form of `sections`, and of the pictures and videos in them.

use jiff::civil::Date;

use super::options::{FfmpegOptions, PictureOptions};
use super::{Data, Spanned};
use crate::diagnostic::Span;

/// The kind of file that a media name denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum MediaKind {
    /// Anything without `type: video`.
    #[default]
    Image,
    /// `type: video`.
    Video,
}

/// A photo or a video where it is used: a name, or a map with `name`.
#[derive(Debug, Clone)]
pub struct MediaRef {
    /// `name`, relative to the gallery's folder.
    pub name: Spanned<String>,
    /// `type`.
    pub kind: MediaKind,
    /// `text`, the caption.
    pub text: Option<Spanned<String>>,
    /// `alt`, an extension by cimaise: the alternative text.
    pub alt: Option<Spanned<String>>,
    /// `float`.
    pub float: Option<Spanned<String>>,
    /// `size`, a CSS width.
    pub size: Option<Spanned<String>>,
    /// `controls`, for videos.
    pub controls: Option<Spanned<bool>>,
    /// `quality`, `strip` etc.
    pub options: PictureOptions,
    /// `binary`, `format` etc., for videos.
    pub ffmpeg: FfmpegOptions,
}

impl MediaRef {
    /// Names a file without options.
    #[must_use]
    pub fn named(name: String, kind: MediaKind, span: Span) -> Self {
        Self {
            name: Spanned::new(name, span),
            kind,
            text: None,
            alt: None,
            float: None,
            size: None,
            controls: None,
            options: PictureOptions::default(),
            ffmpeg: FfmpegOptions::default(),
        }
    }
}

/// One entry of `sections`.
#[derive(Debug, Clone)]
pub struct Section {
    /// Type, with its keys.
    pub kind: SectionKind,
    /// All keys as written, for the site's templates; empty if there are none.
    pub data: Data,
}

/// The values of a section, grouped by how they are resolved; each list is in the order of the section's keys.
#[derive(Debug, Default)]
pub struct Parts<'s> {
    /// Photos and videos.
    pub media: Vec<&'s MediaRef>,
    /// Names of sound files.
    pub sounds: Vec<&'s Spanned<String>>,
    /// Markup that may link to files, including the captions of `media`.
    pub texts: Vec<&'s Spanned<String>>,
    /// CSS that may link to files.
    pub styles: Vec<&'s Spanned<String>>,
}

impl Section {
    /// Returns the values of this section. No other function knows the role of each key of each type.
    #[must_use]
    pub fn parts(&self) -> Parts<'_> {
        let mut parts = Parts::default();
        match &self.kind {
            SectionKind::FullPicture { image, text, fixed: _, background_position } => {
                parts.media.push(image);
                parts.texts.extend(text.iter().flat_map(|overlay| overlay.title.iter().chain(&overlay.sub_title)));
                parts.styles.extend(background_position);
            }
            SectionKind::BorderedPicture { image, text, background } => {
                parts.media.push(image);
                parts.texts.extend(text);
                parts.styles.extend(background);
            }
            SectionKind::PicturesGroup { images, background, css } => {
                parts.media.extend(images.iter());
                parts.styles.extend(background.iter().chain(css));
            }
            SectionKind::Text { text, background, color }
            | SectionKind::Quote { text, background, color }
            | SectionKind::Html { html: text, background, color } => {
                parts.texts.extend(text);
                parts.styles.extend(background.iter().chain(color));
            }
            SectionKind::Paragraph { title, text, image, background, color } => {
                parts.media.extend(image);
                parts.texts.extend(title.iter().chain(text));
                parts.styles.extend(background.iter().chain(color));
                parts.styles.extend(image.iter().flat_map(|image| &image.size));
            }
            SectionKind::Audio { image, title, color } => {
                parts.sounds.push(image);
                parts.texts.extend(title);
                parts.styles.extend(color);
            }
            SectionKind::Panorama { image } => parts.media.push(image),
            SectionKind::Author { name, image, text, twitter: _, facebook: _, website: _ } => {
                parts.media.push(image);
                parts.texts.extend(name.iter().chain(text));
            }
            SectionKind::Iframe { name } => parts.texts.push(name),
            // Only the template of the section knows the meaning of its keys.
            SectionKind::Custom => {}
        }
        parts.texts.extend(parts.media.iter().flat_map(|media| &media.text));
        parts
    }
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
    /// A flat list; rows are chosen by the proportions of the pictures.
    Automatic(Vec<MediaRef>),
}

impl Rows {
    fn iter(&self) -> Box<dyn Iterator<Item = &MediaRef> + '_> {
        match self {
            Self::Given(rows) => Box::new(rows.iter().flatten()),
            Self::Automatic(images) => Box::new(images.iter()),
        }
    }
}

/// A section by its `type`.
#[derive(Debug, Clone)]
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
    /// Any other type for which the site has a template.
    Custom,
}

macro_rules! section_types {
    ($($name:ident $text:literal;)*) => {
        /// Types of sections that need no template of the site; one for each variant of [`SectionKind`] but the last.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum SectionType { $($name,)* }

        impl SectionType {
            /// All types, in the order in which messages list them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns the value of `type`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

section_types! {
    FullPicture "full-picture";
    BorderedPicture "bordered-picture";
    PicturesGroup "pictures-group";
    Text "text";
    Paragraph "paragraph";
    Quote "quote";
    Html "html";
    Iframe "iframe";
    Panorama "panorama";
    Audio "audio";
    Author "author";
}

impl SectionType {
    /// Returns the type with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}
