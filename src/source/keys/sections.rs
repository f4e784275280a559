//! The keys of each type of section.

use super::key::{Key, Kind, Table};
use super::media::{MEDIA, SOUND};

const fn background() -> Key {
    Key::new("background", Kind::Text, "CSS background of the section.")
}

const fn color() -> Key {
    Key::new("color", Kind::Text, "CSS colour of the text.")
}

const fn image(about: &'static str) -> Key {
    Key::new("image", Kind::File(&MEDIA), about)
}

/// Every section.
pub(in crate::source) static SECTION: Table =
    Table { also: &[], own: &[Key::new("type", Kind::Text, "Type of the section.").required()] };

/// `full-picture`
pub(in crate::source) static FULL_PICTURE: Table = Table {
    also: &[&SECTION],
    own: &[
        image("A picture that fills the screen.").required(),
        Key::new("text", Kind::Map(&OVERLAY), "Text over the picture."),
        Key::new("fixed", Kind::Boolean, "The picture does not move while the page scrolls.").or("false"),
        Key::new(
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
        Key::new("title", Kind::Text, "Title over the picture."),
        Key::new("sub_title", Kind::Text, "Subtitle over the picture."),
        Key::new("date", Kind::Date, "First day of the story."),
        Key::new("date_end", Kind::Date, "Last day of the story."),
    ],
};

/// `bordered-picture`
pub(in crate::source) static BORDERED_PICTURE: Table = Table {
    also: &[&SECTION],
    own: &[image("A picture with space around it.").required(), Key::new("text", Kind::Text, "Caption."), background()],
};

/// `pictures-group`
pub(in crate::source) static PICTURES_GROUP: Table = Table {
    also: &[&SECTION],
    own: &[
        Key::new("images", Kind::Rows, "Rows of pictures, like `- [a.jpg, b.jpg]`.").required(),
        background(),
        Key::new("css", Kind::Text, "CSS declarations of the group."),
    ],
};

/// `text`
pub(in crate::source) static TEXT: Table = Table {
    also: &[&SECTION],
    own: &[Key::new("text", Kind::Text, "A centred text, an HTML fragment."), background(), color()],
};

/// `paragraph`
pub(in crate::source) static PARAGRAPH: Table = Table {
    also: &[&SECTION],
    own: &[
        Key::new("title", Kind::Text, "Heading; without it, a separator is shown."),
        Key::new("text", Kind::Text, "Text of the paragraph, an HTML fragment."),
        image("A picture beside the text; see its `float` and `size`."),
        background(),
        color(),
    ],
};

/// `quote`
pub(in crate::source) static QUOTE: Table =
    Table { also: &[&SECTION], own: &[Key::new("text", Kind::Text, "A quotation."), background(), color()] };

/// `html`
pub(in crate::source) static HTML: Table = Table {
    also: &[&SECTION],
    own: &[Key::new("html", Kind::Text, "Markup, printed unchanged."), background(), color()],
};

/// `iframe`
pub(in crate::source) static IFRAME: Table = Table {
    also: &[&SECTION],
    own: &[Key::new("name", Kind::Text, "The whole markup of an `<iframe>`, shown in a 16:9 box.").required()],
};

/// `panorama`
pub(in crate::source) static PANORAMA: Table =
    Table { also: &[&SECTION], own: &[image("A wide picture to pan through.").required()] };

/// `audio`
pub(in crate::source) static AUDIO: Table = Table {
    also: &[&SECTION],
    own: &[
        Key::new("image", Kind::File(&SOUND), "File name of a sound.").required(),
        Key::new("title", Kind::Text, "Title of the sound.").or_else("the name of the file"),
        Key::new("color", Kind::Text, "CSS colour of the background of the player."),
    ],
};

/// `author`
pub(in crate::source) static AUTHOR: Table = Table {
    also: &[&SECTION],
    own: &[
        Key::new("name", Kind::Text, "Name of the photographer."),
        image("Portrait of the photographer.").required(),
        Key::new("text", Kind::Text, "A few words about the photographer."),
        Key::new("twitter", Kind::Text, "Account name on Twitter."),
        Key::new("facebook", Kind::Text, "Account name on Facebook."),
        Key::new("website", Kind::Text, "Address of the photographer's website."),
    ],
};
