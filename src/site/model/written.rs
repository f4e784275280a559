//! The data that the site's own templates see and may ask for, apart from the site itself.
//!
//! In: a site with templates. Out: its settings as written, unknown keys included, and the files that texts in them
//! name. Templates look up photos by such names, so every text in the settings that names a file counts as a use of
//! that file, which is read with the others.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{PhotoId, SoundId, VideoId};
use super::picture::PictureOptions;
use crate::site::lookup::compose;
use crate::site::policy::defaults;
use crate::source::{self, Data, SitePath, Template};
use pixels::Metadata;

/// Settings and templates as the author wrote them.
#[derive(Debug, Clone)]
pub struct Written {
    /// Templates, sorted by name; never empty.
    pub templates: Vec<Template>,
    /// All keys of the root settings.
    pub settings: Data,
    /// All keys of each gallery, apart from `sections`.
    pub galleries: Vec<Data>,
    /// The files that the settings name.
    pub files: Named,
    gm: source::PictureOptions,
    metadata: Option<Metadata>,
}

/// The result of looking up a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<T> {
    /// The file was read.
    File(T),
    /// The file could not be read; the problem has been reported.
    Unread,
    /// No text in the settings names such a file.
    Unknown,
}

/// Files by path, in the composed form of Unicode (NFC).
#[derive(Debug, Clone, Default)]
pub struct Named {
    pub(in crate::site) photos: BTreeMap<SitePath, PhotoId>,
    pub(in crate::site) videos: BTreeMap<SitePath, VideoId>,
    pub(in crate::site) sounds: BTreeMap<SitePath, SoundId>,
    pub(in crate::site) unread: BTreeSet<SitePath>,
}

impl Written {
    /// Returns the data for the templates of `source`, or `None` if there are no templates. `galleries` are all
    /// galleries, sorted by path.
    pub(in crate::site) fn new<'s>(
        source: &source::Source,
        galleries: impl Iterator<Item = &'s source::Folder>,
        files: Named,
    ) -> Option<Box<Self>> {
        let settings = &source.settings;
        (!source.templates.is_empty()).then(|| {
            Box::new(Self {
                templates: source.templates.clone(),
                settings: settings.data.clone(),
                galleries: galleries.map(|folder| folder.settings.data.clone()).collect(),
                files,
                gm: settings.settings.gm.clone(),
                metadata: settings.settings.images.metadata.map(|metadata| metadata.value),
            })
        })
    }

    /// Returns the rendering options of a photo that a template uses with the options `own`.
    #[must_use]
    pub fn picture_options(&self, own: &source::PictureOptions) -> PictureOptions {
        defaults::picture_options(&self.gm, self.metadata, own)
    }
}

impl Named {
    /// Looks up the photo `name`, relative to `folder`.
    #[must_use]
    pub fn photo(&self, folder: &SitePath, name: &str) -> Found<PhotoId> {
        self.find(&self.photos, folder, name)
    }

    /// Looks up the video `name`, relative to `folder`.
    #[must_use]
    pub fn video(&self, folder: &SitePath, name: &str) -> Found<VideoId> {
        self.find(&self.videos, folder, name)
    }

    /// Looks up the sound `name`, relative to `folder`.
    #[must_use]
    pub fn sound(&self, folder: &SitePath, name: &str) -> Found<SoundId> {
        self.find(&self.sounds, folder, name)
    }

    fn find<T: Copy>(&self, among: &BTreeMap<SitePath, T>, folder: &SitePath, name: &str) -> Found<T> {
        let Some(path) = folder.join(name).map(|path| compose(&path)) else { return Found::Unknown };
        match among.get(&path) {
            Some(id) => Found::File(*id),
            None if self.unread.contains(&path) => Found::Unread,
            None => Found::Unknown,
        }
    }
}
