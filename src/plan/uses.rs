//! The ways in which a site uses its photos and videos.

use std::collections::{BTreeMap, BTreeSet};

use crate::site::{Cover, Gallery, PhotoId, PictureOptions, Section, Site, Video, VideoId};

/// Returns each photo with each set of options used for it, in order.
pub(super) fn photos(site: &Site) -> BTreeSet<(PhotoId, PictureOptions)> {
    let of_gallery = |gallery: &Gallery| -> Vec<(PhotoId, PictureOptions)> {
        let cover = if let Some(Cover::Photo(picture)) = &gallery.cover { Some(picture) } else { None };
        let shown = gallery.sections().iter().flat_map(Section::photos).chain(cover);
        shown.map(|picture| (picture.photo, picture.options)).collect()
    };
    site.galleries.iter().flat_map(of_gallery).collect()
}

/// The uses of one video.
#[derive(Default)]
pub(super) struct VideoUses<'a> {
    /// Sections in which the video plays.
    pub(super) playing: Vec<&'a Video>,
    /// Galleries that have a frame of the video as their cover.
    pub(super) covers: Vec<&'a Video>,
}

/// Returns each video with all its uses, in the order of the site.
pub(super) fn videos_by_file(site: &Site) -> BTreeMap<VideoId, VideoUses<'_>> {
    let mut uses: BTreeMap<VideoId, VideoUses<'_>> = BTreeMap::new();
    for gallery in &site.galleries {
        if let Some(Cover::Video(video)) = &gallery.cover {
            uses.entry(video.file).or_default().covers.push(video);
        }
        for video in gallery.sections().iter().flat_map(Section::videos) {
            uses.entry(video.file).or_default().playing.push(video);
        }
    }
    uses
}
