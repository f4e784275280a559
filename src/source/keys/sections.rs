//! The keys of each type of section.

use super::key::{Kind, SettingKey, Table};
use super::media::{MEDIA, SOUND};
use crate::source::section::SectionType;

const fn background() -> SettingKey {
    SettingKey::new("background", Kind::Text, "CSS background of the section.")
}

const fn color() -> SettingKey {
    SettingKey::new("color", Kind::Text, "CSS colour of the text.")
}

const fn image(about: &'static str) -> SettingKey {
    SettingKey::new("image", Kind::File(&MEDIA), about)
}

impl SectionType {
    /// Returns the keys of a section of this type.
    pub(in crate::source) fn table(self) -> &'static Table {
        match self {
            Self::FullPicture => &FULL_PICTURE,
            Self::BorderedPicture => &BORDERED_PICTURE,
            Self::PicturesGroup => &PICTURES_GROUP,
            Self::Text => &TEXT,
            Self::Paragraph => &PARAGRAPH,
            Self::Quote => &QUOTE,
            Self::Html => &HTML,
            Self::Iframe => &IFRAME,
            Self::Panorama => &PANORAMA,
            Self::Audio => &AUDIO,
            Self::Author => &AUTHOR,
        }
    }

    /// Returns the types with this key, apart from `type`.
    pub(in crate::source) fn with_key(key: &str) -> impl Iterator<Item = Self> {
        let is_own = !SECTION.means(key);
        Self::ALL.iter().copied().filter(move |kind| is_own && kind.table().means(key))
    }
}

/// Every section.
pub(in crate::source) static SECTION: Table =
    Table { also: &[], own: &[SettingKey::new("type", Kind::Word, "Type of the section.").required()] };

/// `full-picture`
static FULL_PICTURE: Table = Table {
    also: &[&SECTION],
    own: &[
        image("A picture that fills the screen.").required(),
        SettingKey::new("text", Kind::Map(&OVERLAY), "Text over the picture."),
        SettingKey::new("fixed", Kind::Boolean, "The picture does not move while the page scrolls.").or("false"),
        SettingKey::new(
            "background_position",
            Kind::Text,
            "CSS position: the part that stays visible when the picture is cropped.",
        )
        .or("\"50% 50%\""),
    ],
};

/// `text` of a `full-picture`.
pub(in crate::source) static OVERLAY: Table = Table {
    also: &[],
    own: &[
        SettingKey::new("title", Kind::Text, "Title over the picture."),
        SettingKey::new("sub_title", Kind::Text, "Subtitle over the picture."),
        SettingKey::new("date", Kind::Date, "First day of the story."),
        SettingKey::new("date_end", Kind::Date, "Last day of the story."),
    ],
};

/// `bordered-picture`
static BORDERED_PICTURE: Table = Table {
    also: &[&SECTION],
    own: &[
        image("A picture with space around it.").required(),
        SettingKey::new("text", Kind::Text, "Caption."),
        background(),
    ],
};

/// `pictures-group`
static PICTURES_GROUP: Table = Table {
    also: &[&SECTION],
    own: &[
        SettingKey::new("images", Kind::Rows, "Rows of pictures, like `- [a.jpg, b.jpg]`.").required(),
        background(),
        SettingKey::new("css", Kind::Text, "CSS declarations of the group."),
    ],
};

/// `text`
static TEXT: Table = Table {
    also: &[&SECTION],
    own: &[SettingKey::new("text", Kind::Text, "A centred text, an HTML fragment."), background(), color()],
};

/// `paragraph`
static PARAGRAPH: Table = Table {
    also: &[&SECTION],
    own: &[
        SettingKey::new("title", Kind::Text, "Heading; without it, a separator is shown."),
        SettingKey::new("text", Kind::Text, "Text of the paragraph, an HTML fragment."),
        image("A picture beside the text; see its `float` and `size`."),
        background(),
        color(),
    ],
};

/// `quote`
static QUOTE: Table =
    Table { also: &[&SECTION], own: &[SettingKey::new("text", Kind::Text, "A quotation."), background(), color()] };

/// `html`
static HTML: Table = Table {
    also: &[&SECTION],
    own: &[SettingKey::new("html", Kind::Text, "Markup, printed unchanged."), background(), color()],
};

/// `iframe`
static IFRAME: Table = Table {
    also: &[&SECTION],
    own: &[SettingKey::new("name", Kind::Text, "The whole markup of an `<iframe>`, shown in a 16:9 box.").required()],
};

/// `panorama`
static PANORAMA: Table = Table { also: &[&SECTION], own: &[image("A wide picture to pan through.").required()] };

/// `audio`
static AUDIO: Table = Table {
    also: &[&SECTION],
    own: &[
        SettingKey::new("image", Kind::File(&SOUND), "File name of a sound.").required(),
        SettingKey::new("title", Kind::Text, "Title of the sound.").or_else("the name of the file"),
        SettingKey::new("color", Kind::Text, "CSS colour of the background of the player."),
    ],
};

/// `author`
static AUTHOR: Table = Table {
    also: &[&SECTION],
    own: &[
        SettingKey::new("name", Kind::Text, "Name of the photographer."),
        image("Portrait of the photographer.").required(),
        SettingKey::new("text", Kind::Text, "A few words about the photographer."),
        SettingKey::new("twitter", Kind::Text, "Account name on Twitter."),
        SettingKey::new("facebook", Kind::Text, "Account name on Facebook."),
        SettingKey::new("website", Kind::Text, "Address of the photographer's website."),
    ],
};
