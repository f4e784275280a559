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
    BACKGROUNDS, CAPTIONS, CHROMAS, COLORS, DAMAGED, EFFORTS, FITS, FULLS, GM, IMAGES, METADATA, QUALITIES, RUNGS,
    SIZES, UNREADABLE,
};
pub(super) use key::{Kind, Preset, Range, SettingKey, Table};
pub(super) use media::{MEDIA, MEDIA_KINDS, SOUND};
pub(super) use root::{DEPLOY, DIAGNOSTICS, LICENCE, PROTECTS, ROOT, SETTINGS_MAP};
pub(super) use sections::{OVERLAY, SECTION};
pub(super) use videos::{FFMPEG, FFMPEG_AUDIO, TIMEOUTS};
