//! A section of a story, resolved.

use jiff::civil::Date;

use super::ids::SoundId;
use super::media::Media;
use super::picture::Picture;
use super::video::Video;
use crate::site::text::Fragment;
use crate::source::Data;

/// CSS that an author wrote for one section. Every text is a checked CSS value (`css`: a list of declarations) that
/// cannot end the rule that contains it; empty if the author wrote none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    /// `background`, as a CSS value.
    pub background: String,
    /// `color`, as a CSS value; in a section with a sound, the colour of its player.
    pub color: String,
    /// `css`, as a list of declarations.
    pub declarations: String,
}

/// One section of a story.
#[derive(Debug, Clone)]
pub struct Section {
    /// Colours and CSS of the section.
    pub style: Style,
    /// Type and content of the section.
    pub kind: SectionKind,
    /// All keys of the section, for the site's templates; empty if the site has no templates.
    pub data: Data,
}

/// The text over a full-screen picture; every part is optional.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// Large text.
    pub title: Fragment,
    /// Smaller text below the title.
    pub sub_title: Fragment,
    /// The date, or the first day of a range.
    pub date: Option<Date>,
    /// The last day of a range.
    pub date_end: Option<Date>,
}

impl Section {
    /// Returns the photos and videos in display order. No other function knows where each type of section shows its
    /// media.
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

    /// Returns the sound that the section plays, if any.
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

    /// Returns the photos among [`media`](Self::media).
    pub fn photos(&self) -> impl Iterator<Item = &Picture> {
        self.media().into_iter().filter_map(|media| match media {
            MediaUse::Photo(picture) => Some(picture),
            MediaUse::Video(_) => None,
        })
    }

    /// Returns the videos among [`media`](Self::media).
    pub fn videos(&self) -> impl Iterator<Item = &Video> {
        self.media().into_iter().filter_map(|media| match media {
            MediaUse::Photo(_) => None,
            MediaUse::Video(video) => Some(video),
        })
    }

    /// Returns the first photo that can represent the story; a portrait of the author cannot.
    #[must_use]
    pub fn first_photo(&self) -> Option<&Picture> {
        if matches!(self.kind, SectionKind::Author { .. }) { None } else { self.photos().next() }
    }

    /// Returns the type as written; `None` in a site without templates.
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

/// The type of a section, with its content.
#[derive(Debug, Clone)]
pub enum SectionKind {
    /// A picture that fills the screen.
    FullPicture {
        /// Picture or video.
        media: Media,
        /// Text over the picture.
        overlay: Option<Overlay>,
        /// Whether the picture stays fixed while the page scrolls.
        fixed: bool,
        /// CSS position of the part that stays visible when the picture is cropped; a checked value.
        position: String,
    },
    /// A picture with space around it; the section's text is its caption.
    BorderedPicture {
        /// Picture or video.
        media: Media,
    },
    /// Rows of pictures.
    PicturesGroup {
        /// Rows, none of them empty.
        rows: Vec<Vec<Media>>,
    },
    /// A centred text.
    Text {
        /// The text.
        text: Fragment,
    },
    /// A text with an optional title and an optional picture beside it.
    Paragraph {
        /// Title; if it is empty, the page shows a separator instead.
        title: Fragment,
        /// The text.
        text: Fragment,
        /// Picture beside the text.
        image: Option<Aside>,
    },
    /// A quotation.
    Quote {
        /// Quoted text.
        text: Fragment,
    },
    /// Markup, printed as the author wrote it.
    Html {
        /// Markup.
        html: Fragment,
    },
    /// Embedded content in a 16:9 box.
    Iframe {
        /// Complete markup of the embedded content.
        markup: Fragment,
    },
    /// A wide picture that readers can pan.
    Panorama {
        /// The picture.
        picture: Picture,
    },
    /// A sound.
    Audio {
        /// The sound.
        sound: SoundId,
        /// Title; may be empty.
        title: Fragment,
    },
    /// The author of the pictures.
    Author {
        /// Name; may be empty.
        name: Fragment,
        /// Portrait.
        portrait: Picture,
        /// Short text about the author; may be empty.
        text: Fragment,
        /// Links (label, URL) in display order.
        links: Vec<(String, String)>,
    },
    /// A type of the site's own, rendered by a template of the site.
    Custom,
}

/// A picture beside a text.
#[derive(Debug, Clone)]
pub struct Aside {
    /// Picture or video.
    pub media: Media,
    /// Whether the picture is on the right.
    pub right: bool,
    /// Width as a checked CSS value.
    pub width: String,
}
