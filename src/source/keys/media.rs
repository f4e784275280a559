//! The keys of a picture, video or sound where it is used.

use super::images::GM;
use super::key::{Kind, SettingKey, Table, words};
use super::videos::VIDEO;
use crate::source::section::MediaKind;

/// Values of `type`.
pub(in crate::source) const MEDIA_KINDS: [(&str, MediaKind); 2] =
    [("image", MediaKind::Image), ("video", MediaKind::Video)];

const NAME: SettingKey =
    SettingKey::new("name", Kind::Text, "File name, relative to the folder of the gallery.").required();

/// A picture or video.
pub(in crate::source) static MEDIA: Table = Table {
    also: &[&GM, &VIDEO],
    own: &[
        NAME,
        SettingKey::new(
            "type",
            Kind::Words(&words(&MEDIA_KINDS)),
            "Whether the file is shown as a picture or as a video.",
        )
        .or("\"image\""),
        SettingKey::new("text", Kind::Text, "Caption, in a `pictures-group`."),
        SettingKey::new("alt", Kind::Text, "Alternative text for readers who cannot see the picture.")
            .or_else("the caption, or the text in the file"),
        SettingKey::new("float", Kind::Words(&["left", "right"]), "Side of the text, in a `paragraph`.").or("\"left\""),
        SettingKey::new("size", Kind::Text, "CSS width, in a `paragraph`.").or("\"250px\""),
        SettingKey::new("controls", Kind::Boolean, "Show the controls of a video.").or("false"),
    ],
};

/// The sound of an `audio` section.
pub(in crate::source) static SOUND: Table = Table { also: &[], own: &[NAME] };
