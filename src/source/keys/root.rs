//! The keys of the root `settings.yaml`.

use super::images::{GM, IMAGES};
use super::key::{Kind, SettingKey, Table, words};
use super::videos::{FFMPEG, FFMPEG_AUDIO};
use crate::source::settings::Protect;
use crate::source::theme::Theme;

/// Values of `protect`.
pub(in crate::source) const PROTECTS: [(&str, Protect); 2] = [("pages", Protect::Pages), ("media", Protect::Media)];

pub(super) const PROTECT: Kind = Kind::Words(&words(&PROTECTS));

const THEMES: [&str; Theme::ALL.len()] = {
    let mut names = [""; Theme::ALL.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = Theme::ALL[at].name();
        at += 1;
    }
    names
};

pub(super) const THEME: Kind = Kind::Words(&THEMES);

const INTERNAL: &str = "An internal variable of récitale without effect.";

/// The top level.
pub(in crate::source) static ROOT: Table = Table {
    also: &[],
    own: &[
        SettingKey::new("title", Kind::Text, "Title of the site, an HTML fragment like every text on a page.")
            .required(),
        SettingKey::new("sub_title", Kind::Text, "Subtitle on the front page."),
        SettingKey::new(
            "url",
            Kind::Text,
            "Address of the published site, such as `https://example.org/photos`. Feeds, the sitemap and all metadata for other sites \
             need it.",
        ),
        SettingKey::new("rss", Kind::Boolean, "Publish feeds, if the site has a `url`.").or("true"),
        SettingKey::new("share", Kind::Boolean, "Show share links at the end of stories.").or("false"),
        SettingKey::new("show_date", Kind::Boolean, "Show dates on the tiles of galleries.").or("true"),
        SettingKey::new("lang", Kind::Word, "Language of the site, such as `fr` or `pt-BR`.").or("\"en\""),
        SettingKey::new(
            "menu",
            Kind::Menu,
            "Links on the front page and on static pages: a list of entries like `- about: About me`. A target with a `:` is a URL; any \
             other target is a path inside the site.",
        ),
        SettingKey::new("include", Kind::Texts, "Files and folders to publish unchanged."),
        SettingKey::new(
            "licence",
            Kind::Licence(&LICENCE),
            "Licence of the photos: its name, or a map with `name` and `url`. `false` states no licence.",
        ),
        SettingKey::new("password", Kind::Password, "Protects the whole site. Use five or six random words."),
        SettingKey::new(
            "protect",
            PROTECT,
            "Scope of passwords: `pages` only, or `media` too: pictures, videos and sounds.",
        )
        .or("\"pages\""),
        SettingKey::new("theme", THEME, "Theme of nested indexes and everything inside them.")
            .or_else("`settings.theme`"),
        SettingKey::new("date", Kind::Date, "Checked, but not used."),
        SettingKey::new("gm", Kind::Misplaced, INTERNAL),
        SettingKey::new("ffmpeg", Kind::Misplaced, INTERNAL),
        SettingKey::new("ffmpeg_audio", Kind::Misplaced, INTERNAL),
        SettingKey::new("custom_css", Kind::Misplaced, INTERNAL),
        SettingKey::new("custom_js", Kind::Misplaced, INTERNAL),
        SettingKey::new("settings", Kind::Map(&SETTINGS_MAP), "How pictures, videos and pages are made."),
    ],
};

/// `settings`.
pub(in crate::source) static SETTINGS_MAP: Table = Table {
    also: &[],
    own: &[
        SettingKey::new("theme", THEME, "Theme of the site; `light` has small pages without scripts.")
            .or("\"exposure\""),
        SettingKey::new("gm", Kind::Map(&GM), "Rendering options of all pictures. A single picture can override them."),
        SettingKey::new("images", Kind::Map(&IMAGES), "Picture sizes, colour and metadata."),
        SettingKey::new("ffmpeg", Kind::Map(&FFMPEG), "Conversion of videos. A single video can override it."),
        SettingKey::new("ffmpeg_audio", Kind::Map(&FFMPEG_AUDIO), "Conversion of sounds."),
        SettingKey::new(
            "light_mode",
            Kind::Boolean,
            "Give every story and static page a copy in the theme `light`, in its folder `light/`.",
        )
        .or("false"),
        SettingKey::new(
            "night_mode",
            Kind::Boolean,
            "Accepted without effect: pages follow the reader's system setting, and always have a switch.",
        )
        .or("false"),
        SettingKey::new("og", Kind::Boolean, "OpenGraph data and Twitter cards, if the site has a `url`.").or("false"),
        SettingKey::new(
            "reverse",
            Kind::Boolean,
            "Oldest gallery first on the front page; default for nested indexes.",
        )
        .or("false"),
        SettingKey::new("date_locale", Kind::Word, "Locale that formats dates, such as `fr_FR`.")
            .or_else("the language of the page"),
        SettingKey::new("deploy", Kind::Map(&DEPLOY), "Destination of `cimaise deploy`."),
        SettingKey::new("diagnostics", Kind::Map(&DIAGNOSTICS), "Warnings to hide, and warnings to treat as errors."),
        SettingKey::new("follow_links", Kind::Boolean, "Follow symbolic links that leave the folder of the site.")
            .or("false"),
    ],
};

/// `licence`.
pub(in crate::source) static LICENCE: Table = Table {
    also: &[],
    own: &[
        SettingKey::new("name", Kind::Text, "Name of the licence, such as `CC-BY-4.0`."),
        SettingKey::new("url", Kind::Text, "Address of the text of the licence."),
    ],
};

/// `settings.diagnostics`.
pub(in crate::source) static DIAGNOSTICS: Table = Table {
    also: &[],
    own: &[
        SettingKey::new("allow", Kind::Codes { warnings: true }, "Codes whose warnings are hidden."),
        SettingKey::new("deny", Kind::Codes { warnings: false }, "Codes whose warnings are errors."),
    ],
};

/// `settings.deploy`.
pub(in crate::source) static DEPLOY: Table = Table {
    also: &[],
    own: &[
        SettingKey::new(
            "dest",
            Kind::Text,
            "Folder of the published site, on `hostname` or on this machine; required to deploy.",
        ),
        SettingKey::new("ssh", Kind::Boolean, "Use ssh; the default with a `hostname`."),
        SettingKey::new("username", Kind::Text, "User on the remote host."),
        SettingKey::new(
            "hostname",
            Kind::Text,
            "Remote host; without it, `dest` is a folder on this machine, or `HOST:FOLDER`.",
        ),
        SettingKey::new("others", Kind::Text, "More arguments for rsync, split as a shell would."),
        SettingKey::new(
            "delete",
            Kind::Boolean,
            "Delete files that an earlier deployment uploaded and that left the site.",
        )
        .or("false"),
    ],
};
