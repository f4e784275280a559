//! The keys of a gallery's `settings.yaml`.

use super::key::{Kind, SettingKey, Table};
use super::media::MEDIA;
use super::root::{PROTECT, THEME};

/// The top level.
pub(in crate::source) static GALLERY: Table = Table {
    also: &[],
    own: &[
        SettingKey::new("title", Kind::Text, "Title of the gallery, an HTML fragment like every text on a page.")
            .required(),
        SettingKey::new("sub_title", Kind::Text, "Subtitle on the gallery's tile."),
        SettingKey::new("date", Kind::Date, "Day such as `2016-01-31`. Indexes list the newest gallery first."),
        SettingKey::new("cover", Kind::File(&MEDIA), "Picture on the tile; required unless `public: false`."),
        SettingKey::new("description", Kind::Text, "Description for search engines."),
        SettingKey::new("lang", Kind::Word, "Language of the pages of this gallery.")
            .or_else("the language of the site"),
        SettingKey::new("tags", Kind::Texts, "Shown on the tile. Quote tags that begin with `#`."),
        SettingKey::new("public", Kind::Boolean, "`false`: built at its address, but not shown on any index.")
            .or("true"),
        SettingKey::new("static", Kind::Boolean, "A page such as \"About\", with the header and the menu of the site.")
            .or("false"),
        SettingKey::new(
            "password",
            Kind::Password,
            "Protects this gallery and those inside it. Use five or six random words.",
        )
        .or_else("the password of the enclosing gallery"),
        SettingKey::new(
            "protect",
            PROTECT,
            "Scope of the password: `pages` only, or `media` too: pictures, videos and sounds.",
        )
        .or_else("that of the enclosing gallery"),
        SettingKey::new("reverse", Kind::Boolean, "Oldest first, in the index of nested galleries.")
            .or_else("`settings.reverse`"),
        SettingKey::new(
            "theme",
            THEME,
            "Theme of this index and everything inside it; only in a gallery that contains galleries.",
        )
        .or_else("that of the site"),
        SettingKey::new(
            "light_mode",
            Kind::Boolean,
            "Copy of this gallery in the theme `light`, in its folder `light/`.",
        )
        .or_else("`settings.light_mode`"),
        SettingKey::new(
            "sections",
            Kind::Sections,
            "Content of the page, a list of sections. A gallery that contains galleries is an index and cannot have sections.",
        ),
    ],
};
