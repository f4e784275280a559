//! A section of a story, resolved.

use jiff::civil::Date;

use crate::site::{Fragment, Media, Picture, SoundId};
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
