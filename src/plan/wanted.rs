//! Single files that are asked for by name, beside what pages show by themselves.
//!
//! Names are pure functions of the site and of what is asked for, so they can be given before there is a plan; the plan then
//! learns what was given.

use std::collections::BTreeSet;

use super::plan::key;
use super::{OutputPath, films, names, recipes, videos};
use crate::site::{PhotoId, PictureOptions, Site, SoundId, VideoId};
use crate::source::Geometry;
use pixels::{Orientation, Recipe, Size};

/// All that is asked for.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    /// Sizes of photos.
    pub photos: BTreeSet<Wanted>,
    /// Videos, and pictures of them.
    pub films: BTreeSet<WantedFilm>,
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

/// A video at one size, or a picture of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WantedFilm {
    /// Of which video.
    pub clip: VideoId,
    /// What it has to fit into, never enlarged.
    pub within: (Option<u32>, Option<u32>),
    /// How a picture of it is rendered; without that, the video itself is meant.
    pub still: Option<PictureOptions>,
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

/// Where a video, or a picture of it, will be published; `None` if there is nothing that could convert it.
#[must_use]
pub fn film_file(site: &Site, wanted: &WantedFilm) -> Option<OutputPath> {
    let conversion = site.conversion.as_ref()?;
    let clip = &site.videos[wanted.clip.index()];
    match &wanted.still {
        None => Some(films::transcode(clip, wanted.clip, conversion, film_size(site, wanted)).path),
        Some(options) => videos::poster(clip, wanted.clip, film_size(site, wanted), options, &site.images).path,
    }
}

/// The size that a video gets.
#[must_use]
pub fn film_size(site: &Site, wanted: &WantedFilm) -> Size {
    let (width, height) = wanted.within;
    films::fitting(site.videos[wanted.clip.index()].probe.size, width, height)
}

/// Where a sound will be published.
#[must_use]
pub fn sound_file(site: &Site, id: SoundId) -> OutputPath {
    let sound = &site.sounds[id.index()];
    match &sound.conversion {
        None => names::copy(&sound.path, sound.digest),
        Some(conversion) => films::track(sound, id, conversion).path,
    }
}
