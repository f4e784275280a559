//! The typed form of settings files: one field a key, `None` where the author wrote nothing.
//!
//! Field names are the keys' own. What each key means, and what its default is, stands in `docs/configuration.md`.

use jiff::civil::Date;

use super::options::{FfmpegOptions, PictureOptions};
use super::section::{MediaRef, Section};
use super::theme::Theme;
use super::{Data, Spanned};
use crate::diagnostic::{FileId, Span};
use pixels::{Background, Colors, Effort, Metadata, Size};

/// The root `settings.yaml`.
#[derive(Debug, Clone)]
pub struct RootSettings {
    /// The file itself.
    pub file: FileId,
    /// `title`, an HTML fragment like every text that is shown.
    pub title: Spanned<String>,
    /// `sub_title`.
    pub sub_title: Option<Spanned<String>>,
    /// `url`, where the site will be served.
    pub url: Option<Spanned<String>>,
    /// `rss`.
    pub rss: Option<Spanned<bool>>,
    /// `share`.
    pub share: Option<Spanned<bool>>,
    /// `show_date`.
    pub show_date: Option<Spanned<bool>>,
    /// `lang`, language of the site for `<html lang>`.
    pub lang: Option<Spanned<String>>,
    /// `menu`.
    pub menu: Vec<MenuEntry>,
    /// `include`.
    pub include: Vec<Spanned<String>>,
    /// `licence`.
    pub licence: Option<Licence>,
    /// `password`.
    pub password: Option<Spanned<String>>,
    /// `protect`, cimaise's own.
    pub protect: Option<Spanned<Protect>>,
    /// `theme` at the top level, for nested indexes.
    pub theme: Option<Theme>,
    /// `settings`.
    pub settings: BuildSettings,
    /// All keys, for the site's templates; nothing if it has none.
    pub data: Data,
}

/// The map `settings:` of the root file.
#[derive(Debug, Clone, Default)]
pub struct BuildSettings {
    /// `settings.theme`.
    pub theme: Option<Theme>,
    /// `settings.gm`, defaults for every picture.
    pub gm: PictureOptions,
    /// `settings.images`, cimaise's own.
    pub images: ImageSettings,
    /// `settings.ffmpeg`.
    pub ffmpeg: FfmpegOptions,
    /// `settings.ffmpeg_audio`.
    pub ffmpeg_audio: FfmpegOptions,
    /// `settings.light_mode`.
    pub light_mode: Option<Spanned<bool>>,
    /// `settings.night_mode`.
    pub night_mode: Option<Spanned<bool>>,
    /// `settings.og`.
    pub og: Option<Spanned<bool>>,
    /// `settings.reverse`.
    pub reverse: Option<Spanned<bool>>,
    /// `settings.date_locale`.
    pub date_locale: Option<Spanned<String>>,
    /// `settings.deploy`.
    pub deploy: Option<Deploy>,
    /// `settings.follow_links`, cimaise's own: whether links that leave the site are followed.
    pub follow_links: Option<Spanned<bool>>,
}

/// `settings.images`.
#[derive(Debug, Clone, Default)]
pub struct ImageSettings {
    /// `ladder`: sizes in pixels, ascending and without repetition.
    pub ladder: Option<Spanned<Vec<u32>>>,
    /// `fit`: which side the ladder measures.
    pub fit: Option<Spanned<Fit>>,
    /// `full`: what is linked as full size.
    pub full: Option<Spanned<Full>>,
    /// `effort`: how much time goes into small files.
    pub effort: Option<Spanned<Effort>>,
    /// `color`: whether colour spaces other than sRGB are kept.
    pub color: Option<Spanned<Colors>>,
    /// `background`: what transparent pictures are laid over.
    pub background: Option<Spanned<Background>>,
    /// `damaged`: what becomes of a photo of which only a part can be read.
    pub damaged: Option<Spanned<Damaged>>,
    /// `metadata`: what of the photos' metadata stays.
    pub metadata: Option<Spanned<Metadata>>,
    /// `captions`: where captions and titles in the files serve.
    pub captions: Option<Spanned<Captions>>,
}

/// Where captions and titles that stand in the files of photos serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Captions {
    /// `shown`, `true`: wherever the author's own would: below the picture, for programs, in feeds.
    Shown,
    /// `alt`: as description for those who do not see the picture, and nowhere else.
    #[default]
    Alt,
    /// `none`, `false`: nowhere.
    None,
}

/// What becomes of a photo of which only a part can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Damaged {
    /// What is there is shown, and the author is told (`warn`).
    #[default]
    Warn,
    /// Nothing is published until it is mended (`error`).
    Error,
}

/// What a password protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Protect {
    /// What is written on the page (`pages`), as with récitale.
    #[default]
    Pages,
    /// Its pictures, videos and sounds as well (`media`).
    Media,
}

/// Which side of a picture a ladder size measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Fit {
    /// The longer one (`long-edge`).
    #[default]
    LongEdge,
    /// `width`.
    Width,
    /// `height`.
    Height,
}

impl Fit {
    /// The side that is measured.
    #[must_use]
    pub fn measure(self, size: Size) -> u32 {
        match self {
            Self::LongEdge => size.long_edge(),
            Self::Width => size.width,
            Self::Height => size.height,
        }
    }
}

/// What the full-size picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Full {
    /// `reencode`: encoded again at its own size, as récitale does.
    #[default]
    Reencode,
    /// `keep`: the original's pixels as they are stored, without metadata.
    Keep,
    /// A number: encoded again, the long edge at most this many pixels.
    AtMost(u32),
    /// `none`: there is none; the largest ladder size stands in.
    None,
}

/// One entry of `menu`.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    /// The key: a URL or a path.
    pub target: Spanned<String>,
    /// The value: what is shown.
    pub label: Spanned<String>,
}

/// `licence`; nothing in it if none is to be stated (`licence: false`).
#[derive(Debug, Clone, Default)]
pub struct Licence {
    /// `name`.
    pub name: Option<Spanned<String>>,
    /// `url`.
    pub url: Option<Spanned<String>>,
}

/// `settings.deploy`.
#[derive(Debug, Clone)]
pub struct Deploy {
    /// The key.
    pub span: Span,
    /// `dest`.
    pub dest: Option<Spanned<String>>,
    /// `ssh`.
    pub ssh: Option<Spanned<bool>>,
    /// `username`.
    pub username: Option<Spanned<String>>,
    /// `hostname`.
    pub hostname: Option<Spanned<String>>,
    /// `others`.
    pub others: Option<Spanned<String>>,
    /// `delete`, cimaise's own.
    pub delete: Option<Spanned<bool>>,
}

/// A gallery's `settings.yaml`.
#[derive(Debug, Clone)]
pub struct GallerySettings {
    /// The file itself.
    pub file: FileId,
    /// `title`.
    pub title: Spanned<String>,
    /// `sub_title`.
    pub sub_title: Option<Spanned<String>>,
    /// `date`.
    pub date: Option<Spanned<Date>>,
    /// `cover`.
    pub cover: Option<MediaRef>,
    /// `description`.
    pub description: Option<Spanned<String>>,
    /// `lang`.
    pub lang: Option<Spanned<String>>,
    /// `tags`.
    pub tags: Vec<Spanned<String>>,
    /// `public`.
    pub public: Option<Spanned<bool>>,
    /// `static`.
    pub static_page: Option<Spanned<bool>>,
    /// `password`.
    pub password: Option<Spanned<String>>,
    /// `protect`, cimaise's own.
    pub protect: Option<Spanned<Protect>>,
    /// `reverse`.
    pub reverse: Option<Spanned<bool>>,
    /// `theme`.
    pub theme: Option<Theme>,
    /// `light_mode`.
    pub light_mode: Option<Spanned<bool>>,
    /// `sections`; the span is that of the key, for messages about the list as a whole.
    pub sections: Option<Spanned<Vec<Section>>>,
    /// All keys but `sections`, for the site's templates; nothing if it has none.
    pub data: Data,
}
