//! Single files that are asked for by name, beside what pages show by themselves.
//!
//! Names are pure functions of the site and of what is asked for, so they can be given before there is a plan; the plan then
//! learns what was given.

use std::collections::BTreeSet;

use super::plan::key;
use super::{OutputPath, names, recipes};
use crate::image::{Orientation, Recipe, Size};
use crate::site::{ClipId, PhotoId, PictureOptions, Site, SoundId};
use crate::source::Geometry;

/// All that is asked for.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    /// Sizes of photos.
    pub photos: BTreeSet<Wanted>,
    /// Videos.
    pub clips: BTreeSet<ClipId>,
    /// Sounds.
    pub sounds: BTreeSet<SoundId>,
}

/// One size of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wanted {
    /// Of which photo.
    pub photo: PhotoId,
    /// How it is rendered.
    pub options: PictureOptions,
    /// What it has to fit into, never enlarged; without it the full-size picture is meant.
    pub within: Option<Geometry>,
}

impl Wanted {
    pub(super) fn recipe(&self, site: &Site) -> (Recipe, Size) {
        recipes::wanted(&site.photos[self.photo.index()].header, &self.options, &site.images, self.within)
    }
}

/// Where this size of a photo will be published.
#[must_use]
pub fn photo_file(site: &Site, wanted: &Wanted) -> OutputPath {
    let photo = &site.photos[wanted.photo.index()];
    let (recipe, size) = wanted.recipe(site);
    let extension = recipes::extension(&recipe, photo.header.format);
    names::rendition(&photo.path, key(photo.digest, &recipe), size, extension)
}

/// The size of a photo as it is shown.
#[must_use]
pub fn photo_size(site: &Site, photo: PhotoId, options: &PictureOptions) -> Size {
    let header = &site.photos[photo.index()].header;
    let turn = if options.auto_orient { header.orientation } else { Orientation::UPRIGHT };
    turn.apply(header.stored)
}

/// Where a video will be published.
#[must_use]
pub fn clip_file(site: &Site, clip: ClipId) -> OutputPath {
    let clip = &site.clips[clip.index()];
    names::copy(&clip.path, clip.digest)
}

/// Where a sound will be published.
#[must_use]
pub fn sound_file(site: &Site, sound: SoundId) -> OutputPath {
    let sound = &site.sounds[sound.index()];
    names::copy(&sound.path, sound.digest)
}
