//! Reading: settings files become typed values that remember where they were written.
//!
//! In: the root folder of a site. Out: a [`Source`]: every `settings.yaml` parsed, every value with its span, every file
//! listed with its [`Stat`]. Nothing is checked against anything else yet: a photo may be named that is not there.
//! This stage must not open a picture, and it fills in no default: what the author left out is `None`.

mod changed;
mod data;
mod edit;
mod empty;
mod file;
mod folder;
mod litter;
mod path;
mod read;
mod scalar;
mod section;
mod settings;
mod suggest;
mod templates;
mod theme;
mod unusable;
mod value;
mod walk;
mod yaml;

#[cfg(test)]
mod tests;
#[cfg(all(test, unix))]
mod unusable_tests;

pub use changed::changed;
pub use data::Data;
pub use edit::Edit;
pub use empty::{empty_site, unbuilt, unmounted};
pub use litter::{is_content, litter};
pub use path::{SEGMENT, SitePath};
pub use scalar::quoted;
pub use section::{MediaKind, MediaRef, Overlay, Rows, Section, SectionKind, SectionType};
pub use settings::{
    BuildSettings, Captions, Damaged, Deploy, FfmpegOptions, Fit, Full, GallerySettings, Geometry, ImageSettings,
    Licence, MenuEntry, PictureOptions, Protect, RootSettings,
};
pub use suggest::nearest;
pub use templates::Template;
pub use theme::Theme;
pub use unusable::WasPublished;
pub use value::Spanned;
pub use walk::read;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cache::Stat;
use crate::diagnostic::Report;

/// A site as its author wrote it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The root folder, links resolved.
    pub root: PathBuf,
    /// The root `settings.yaml`.
    pub settings: RootSettings,
    /// The files of the folder `templates`, sorted by name.
    pub templates: Vec<Template>,
    /// The galleries directly below the root, sorted by folder name.
    pub galleries: Vec<Folder>,
    /// Every file below the root that a gallery may name, by its path from the root; only hidden folders, the output and
    /// the caches are left out.
    pub files: BTreeMap<SitePath, FileEntry>,
    /// What lies where files may lie and cannot be used, with the reason.
    pub unusable: BTreeMap<SitePath, String>,
}

/// A folder that holds a `settings.yaml`.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Its path from the root.
    pub path: SitePath,
    /// What it holds.
    pub settings: GallerySettings,
    /// The galleries directly below it, sorted by folder name.
    pub children: Vec<Folder>,
}

/// A file that a settings file may name.
#[derive(Debug, Clone)]
pub struct FileEntry {
    /// Where it really is, symlinks resolved.
    pub absolute: PathBuf,
    /// What the file system says of it.
    pub stat: Stat,
}

/// Which kind of settings a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsKind {
    /// The root `settings.yaml`.
    Root,
    /// A gallery's.
    Gallery,
}

/// Reads a text as [`read()`] reads a settings file, and reports what is wrong with it.
#[must_use]
pub fn check_text(text: &str, kind: SettingsKind) -> Report {
    let mut report = Report::default();
    let file = report.map.add("settings.yaml", text);
    match kind {
        SettingsKind::Root => drop(walk::settings(file, None, &mut report, read::Reader::root)),
        SettingsKind::Gallery => drop(walk::settings(file, None, &mut report, read::Reader::gallery)),
    }
    report
}

/// The title of a gallery with these settings.
#[cfg(test)]
pub(crate) fn title_of(text: &str) -> Option<String> {
    let mut report = Report::default();
    let file = report.map.add("settings.yaml", text);
    walk::settings(file, None, &mut report, read::Reader::gallery).map(|settings| settings.title.value)
}
