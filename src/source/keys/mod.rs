//! The keys of settings files: one table for each map, with the name, kind, default and description of every key.
//!
//! Out: tables for `read`, which knows no other keys, and for `schema`, which describes them to editors. Must not know how a value is
//! read, or what it is used for.

mod gallery;
mod images;
mod key;
mod media;
mod root;
mod sections;
mod videos;

pub(super) use gallery::GALLERY;
pub(super) use images::{
    BACKGROUNDS, CAPTIONS, COLORS, DAMAGED, EFFORTS, FITS, FULLS, GM, IMAGES, METADATA, QUALITIES, RUNGS, SIZES,
    UNREADABLE,
};
pub(super) use key::{Kind, Preset, Range, SettingKey, Table};
pub(super) use media::{MEDIA, MEDIA_KINDS, SOUND};
pub(super) use root::{DEPLOY, DIAGNOSTICS, LICENCE, PROTECTS, ROOT, SETTINGS_MAP};
pub(super) use sections::{OVERLAY, SECTION};
pub(super) use videos::{FFMPEG, FFMPEG_AUDIO, TIMEOUTS};

use super::SectionType;

/// Returns whether the value of a key is a word wherever the key occurs, and never a text with spaces.
pub(super) fn is_word(name: &str) -> bool {
    let sections = SectionType::ALL.iter().map(|kind| kind.table());
    let tables: Vec<&Table> = [&ROOT, &GALLERY].into_iter().chain(sections).collect();
    let any = |is_word: bool| {
        let meets = |key: &SettingKey| key.name == name && key.is_word() == is_word;
        tables.iter().any(|table| table.any(&meets))
    };
    any(true) && !any(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_some_keys_are_words() {
        for key in ["type", "theme", "lang", "protect", "float", "fit", "damaged", "date_locale", "resize", "effort"] {
            assert!(is_word(key), "{key}");
        }
        for key in ["title", "text", "name", "image", "tags", "unknown", ""] {
            assert!(!is_word(key), "{key}");
        }
    }
}
