//! Paths and sizes of single files, for templates, which run before there is a plan.
//!
//! Names are pure functions of the site and the request, so they are known in advance. The plan later contains the same files.

use super::keys;
use super::names;
use super::output_path::OutputPath;
use super::photos::requested;
use super::requests::{PhotoRequest, VideoRequest};
use super::transcode::Transcode;
use super::videos::{FrameSource, fitting};
use crate::site::{PhotoId, PictureOptions, Site, SoundId};
use pixels::Size;

/// Returns the path of a requested photo in the output folder.
#[must_use]
pub fn photo_file(site: &Site, request: &PhotoRequest) -> OutputPath {
    let photo = &site.photos[request.photo.index()];
    let (recipe, size) = requested(site, request);
    let key = keys::rendition(photo.digest, &recipe);
    let path = names::SourceName::of(&photo.path).of_recipe(key, &recipe, size, photo.header.format);
    path.expect("nobody requests a survey")
}

/// Returns the size of a photo in pixels, as seen.
#[must_use]
pub fn photo_size(site: &Site, photo: PhotoId, options: &PictureOptions) -> Size {
    options.seen(&site.photos[photo.index()].header)
}

/// Returns the path of a requested video, or of a still of it, in the output folder; `None` if videos cannot be converted.
#[must_use]
pub fn video_file(site: &Site, request: &VideoRequest) -> Option<OutputPath> {
    let conversion = site.conversion.as_ref()?;
    let VideoRequest { video: id, within: (width, height), still } = request;
    let video = &site.videos[id.index()];
    let size = fitting(video.probe.size, *width, *height);
    match still {
        None => Some(Transcode::of_video(video, *id, conversion, size).path),
        Some(options) => FrameSource::new(site, *id, conversion.tool.filters).poster(size, options).path,
    }
}

/// Returns the path of a sound in the output folder.
#[must_use]
pub fn sound_file(site: &Site, id: SoundId) -> OutputPath {
    let sound = &site.sounds[id.index()];
    match &sound.conversion {
        None => names::copy(&sound.path, sound.digest),
        Some(conversion) => Transcode::of_sound(sound, id, conversion).path,
    }
}
