//! A section of a story, resolved.

use jiff::civil::Date;

use super::ids::SoundId;
use super::media::Media;
use super::picture::Picture;
use super::video::Video;
use crate::site::text::Fragment;
use crate::source::Data;

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
    /// The photos and videos, in the order in which they are shown: the only place that knows where each type shows them.
    #[must_use]
    pub fn media(&self) -> Vec<MediaUse<'_>> {
        match &self.kind {
            SectionKind::FullPicture { media, .. } | SectionKind::BorderedPicture { media } => vec![media.into()],
            SectionKind::PicturesGroup { rows } => rows.iter().flatten().map(MediaUse::from).collect(),
            SectionKind::Paragraph { image, .. } => image.iter().map(|aside| MediaUse::from(&aside.media)).collect(),
            SectionKind::Panorama { picture } => vec![MediaUse::Photo(picture)],
            SectionKind::Author { portrait, .. } => vec![MediaUse::Photo(portrait)],
            SectionKind::Text { .. }
            | SectionKind::Quote { .. }
            | SectionKind::Html { .. }
            | SectionKind::Iframe { .. }
            | SectionKind::Audio { .. }
            | SectionKind::Custom => Vec::new(),
        }
    }

    /// The sound that it plays.
    #[must_use]
    pub fn sound(&self) -> Option<SoundId> {
        match &self.kind {
            SectionKind::Audio { sound, .. } => Some(*sound),
            SectionKind::FullPicture { .. }
            | SectionKind::BorderedPicture { .. }
            | SectionKind::PicturesGroup { .. }
            | SectionKind::Text { .. }
            | SectionKind::Paragraph { .. }
            | SectionKind::Quote { .. }
            | SectionKind::Html { .. }
            | SectionKind::Iframe { .. }
            | SectionKind::Panorama { .. }
            | SectionKind::Author { .. }
            | SectionKind::Custom => None,
        }
    }

    /// The photos of [`media`](Self::media).
    pub fn photos(&self) -> impl Iterator<Item = &Picture> {
        self.media().into_iter().filter_map(|media| match media {
            MediaUse::Photo(picture) => Some(picture),
            MediaUse::Video(_) => None,
        })
    }

    /// The videos of [`media`](Self::media).
    pub fn videos(&self) -> impl Iterator<Item = &Video> {
        self.media().into_iter().filter_map(|media| match media {
            MediaUse::Photo(_) => None,
            MediaUse::Video(video) => Some(video),
        })
    }

    /// The first photo that can stand for the story: a portrait of its author cannot.
    #[must_use]
    pub fn first_photo(&self) -> Option<&Picture> {
        if matches!(self.kind, SectionKind::Author { .. }) { None } else { self.photos().next() }
    }

    /// Its type; known only in sites that have templates.
    #[must_use]
    pub fn type_name(&self) -> Option<&str> {
        match self.data.get("type") {
            Some(Data::Text(name)) => Some(name),
            _ => None,
        }
    }
}

/// A photo or a video that a section shows.
#[derive(Debug, Clone, Copy)]
pub enum MediaUse<'s> {
    /// A photo.
    Photo(&'s Picture),
    /// A video.
    Video(&'s Video),
}

impl<'s> From<&'s Media> for MediaUse<'s> {
    fn from(media: &'s Media) -> Self {
        match media {
            Media::Photo(picture) => Self::Photo(picture),
            Media::Video(video) => Self::Video(video),
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
    Custom,
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
