//! The typed form of settings files: one field per key, `None` if the author left the key out.
//!
//! Fields have the names of their keys; `docs/configuration.md` contains meanings and defaults. Must not know
//! how files are parsed.

use jiff::civil::Date;

use super::options::{FfmpegOptions, PictureOptions};
use super::section::{MediaRef, Section};
use super::theme::Theme;
use super::{Data, Spanned};
use crate::diagnostic::{Code, FileId, Span};
use pixels::{Background, Colors, Effort, Metadata, Size};

/// The root `settings.yaml`.
#[derive(Debug, Clone)]
pub struct RootSettings {
    /// The file itself.
    pub file: FileId,
    /// `title`, an HTML fragment like every text on a page.
    pub title: Spanned<String>,
    /// `sub_title`.
    pub sub_title: Option<Spanned<String>>,
    /// `url` of the published site.
    pub url: Option<Spanned<String>>,
    /// `rss`.
    pub rss: Option<Spanned<bool>>,
    /// `share`.
    pub share: Option<Spanned<bool>>,
    /// `show_date`.
    pub show_date: Option<Spanned<bool>>,
    /// `lang`, the language of the site for `<html lang>`.
    pub lang: Option<Spanned<String>>,
    /// `menu`.
    pub menu: Vec<MenuEntry>,
    /// `include`.
    pub include: Vec<Spanned<String>>,
    /// `licence`.
    pub licence: Option<Licence>,
    /// `password`.
    pub password: Option<Spanned<String>>,
    /// `protect`, an extension by cimaise.
    pub protect: Option<Spanned<Protect>>,
    /// `theme` at the top level, for nested indexes.
    pub theme: Option<Theme>,
    /// Whether the file has keys that come from récitale or prosopopée: `settings.gm`, and keys that only those programs set.
    pub of_recitale: bool,
    /// `settings`.
    pub settings: BuildSettings,
    /// All keys, for the site's templates; empty if there are none.
    pub data: Data,
}

/// The map `settings:` of the root file.
#[derive(Debug, Clone, Default)]
pub struct BuildSettings {
    /// `settings.theme`.
    pub theme: Option<Theme>,
    /// `settings.gm`, defaults for every picture.
    pub gm: PictureOptions,
    /// `settings.images`, an extension by cimaise.
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
    /// `settings.diagnostics`, an extension by cimaise: the warnings that are hidden, and those that are errors.
    pub diagnostics: DiagnosticSettings,
    /// `settings.follow_links`, an extension by cimaise: whether links out of the site are followed.
    pub follow_links: Option<Spanned<bool>>,
}

/// `settings.diagnostics`.
#[derive(Debug, Clone, Default)]
pub struct DiagnosticSettings {
    /// `allow`: codes whose warnings are hidden.
    pub allow: Vec<Code>,
    /// `deny`: codes whose warnings are errors.
    pub deny: Vec<Code>,
}

/// `settings.images`.
#[derive(Debug, Clone, Default)]
pub struct ImageSettings {
    /// `ladder`: sizes in pixels, ascending, without duplicates.
    pub ladder: Option<Spanned<Vec<u32>>>,
    /// `fit`: the side that the ladder measures.
    pub fit: Option<Spanned<Fit>>,
    /// `full`: the picture that is linked as full size.
    pub full: Option<Spanned<Full>>,
    /// `effort`: time spent on making files smaller.
    pub effort: Option<Spanned<Effort>>,
    /// `color`: whether colour spaces other than sRGB are kept.
    pub color: Option<Spanned<Colors>>,
    /// `background`: the background of transparent pictures.
    pub background: Option<Spanned<Background>>,
    /// `damaged`: treatment of photos that can be read only in part.
    pub damaged: Option<Spanned<Damaged>>,
    /// `unreadable`: treatment of photos that cannot be read at all.
    pub unreadable: Option<Spanned<Unreadable>>,
    /// `metadata`: the metadata that photos keep.
    pub metadata: Option<Spanned<Metadata>>,
    /// `captions`: use of captions and titles in photo files.
    pub captions: Option<Spanned<Captions>>,
}

/// Use of the captions and titles in photo files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Captions {
    /// `shown`, `true`: like captions by the author: below the picture, in linked data and in feeds.
    Shown,
    /// `alt`: as alternative text only.
    #[default]
    Alt,
    /// `none`, `false`: not used.
    None,
}

/// Treatment of a photo that can be read only in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Damaged {
    /// At least half of a picture is shown, with a warning; a photo with less counts as unreadable (`auto`).
    #[default]
    Auto,
    /// The readable part is shown, with a warning (`warn`).
    Warn,
    /// Nothing is published until the photo is repaired (`error`).
    Error,
}

/// Treatment of a photo that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Unreadable {
    /// Nothing is published until the photo is repaired (`error`).
    #[default]
    Error,
    /// The photo is left out, with a warning (`skip`).
    Skip,
}

/// The part that a password protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Protect {
    /// The content of the page (`pages`), as in récitale.
    #[default]
    Pages,
    /// Pictures, videos and sounds as well (`media`).
    Media,
}

/// The side of a picture that a ladder size measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Fit {
    /// The longer side (`long-edge`).
    #[default]
    LongEdge,
    /// `width`.
    Width,
    /// `height`.
    Height,
}

impl Fit {
    /// Returns the length of that side in pixels.
    #[must_use]
    pub fn measure(self, size: Size) -> u32 {
        match self {
            Self::LongEdge => size.long_edge(),
            Self::Width => size.width,
            Self::Height => size.height,
        }
    }
}

/// Form of the full-size picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Full {
    /// `reencode`: encoded again in the size of the original, as in récitale.
    #[default]
    Reencode,
    /// `keep`: the pixels of the original as stored, without metadata.
    Keep,
    /// A number: encoded again, with a long edge of at most this many pixels.
    AtMost(u32),
    /// `none`: no full-size picture; the largest size of the ladder replaces it.
    None,
}

/// One entry of `menu`.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    /// The key: a URL or a path.
    pub target: Spanned<String>,
    /// The value: the text of the entry.
    pub label: Spanned<String>,
}

/// `licence`; all fields are `None` for no licence (`licence: false`).
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
    /// Position of the key.
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
    /// `delete`, an extension by cimaise.
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
    /// Position of `password: false`, which has no effect.
    pub no_password: Option<Span>,
    /// `protect`, an extension by cimaise.
    pub protect: Option<Spanned<Protect>>,
    /// `reverse`.
    pub reverse: Option<Spanned<bool>>,
    /// `theme`.
    pub theme: Option<Theme>,
    /// `light_mode`.
    pub light_mode: Option<Spanned<bool>>,
    /// `sections`; the span is that of the key, for messages about the whole list.
    pub sections: Option<Spanned<Vec<Section>>>,
    /// Position of a key `sections` without a value.
    pub no_sections: Option<Span>,
    /// All keys but `sections`, for the site's templates; empty if there are none.
    pub data: Data,
}
