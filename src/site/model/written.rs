//! What templates of the site see and may ask for, beside the site itself.
//!
//! Templates see settings as they were written, unknown keys included, and name photos by names that stand there. So every text in
//! the settings of a site with templates that is the name of a file counts as a use of that file: it is read with the others.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{PhotoId, SoundId, VideoId};
use super::picture::PictureOptions;
use crate::site::lookup::compose;
use crate::site::policy::defaults;
use crate::source::{self, Data, SitePath, Template};
use pixels::Metadata;

/// The author's own words and templates.
#[derive(Debug, Clone)]
pub struct Written {
    /// The templates, sorted by name; there is one at least.
    pub templates: Vec<Template>,
    /// All keys of the root file.
    pub settings: Data,
    /// For each gallery, all keys but `sections`.
    pub galleries: Vec<Data>,
    /// Files by the names that settings use.
    pub files: Named,
    gm: source::PictureOptions,
    metadata: Option<Metadata>,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<T> {
    /// This.
    File(T),
    /// A file that could not be read, which has been reported.
    Unread,
    /// Nothing that settings name.
    Unknown,
}

/// Files by path, in the composed form of Unicode.
#[derive(Debug, Clone, Default)]
pub struct Named {
    pub(in crate::site) photos: BTreeMap<SitePath, PhotoId>,
    pub(in crate::site) videos: BTreeMap<SitePath, VideoId>,
    pub(in crate::site) sounds: BTreeMap<SitePath, SoundId>,
    pub(in crate::site) unread: BTreeSet<SitePath>,
}

impl Written {
    /// Of a site with templates; `galleries` are the settings of all galleries, sorted by path.
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

    /// How a photo is rendered that is used with these options.
    #[must_use]
    pub fn picture_options(&self, own: &source::PictureOptions) -> PictureOptions {
        defaults::picture_options(&self.gm, self.metadata, own)
    }
}

impl Named {
    /// The photo that `name` stands for in `folder`.
    #[must_use]
    pub fn photo(&self, folder: &SitePath, name: &str) -> Found<PhotoId> {
        self.find(&self.photos, folder, name)
    }

    /// The video that `name` stands for in `folder`.
    #[must_use]
    pub fn video(&self, folder: &SitePath, name: &str) -> Found<VideoId> {
        self.find(&self.videos, folder, name)
    }

    /// The sound that `name` stands for in `folder`.
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
