//! Every way in which the site uses a photo or a video.

use std::collections::{BTreeMap, BTreeSet};

use crate::site::{Cover, Gallery, PhotoId, PictureOptions, Section, Site, Video, VideoId};

/// Each photo with each set of options it is used with, in order.
pub(super) fn photos(site: &Site) -> BTreeSet<(PhotoId, PictureOptions)> {
    let of_gallery = |gallery: &Gallery| -> Vec<(PhotoId, PictureOptions)> {
        let cover = if let Some(Cover::Photo(picture)) = &gallery.cover { Some(picture) } else { None };
        let shown = gallery.sections().iter().flat_map(Section::photos).chain(cover);
        shown.map(|picture| (picture.photo, picture.options)).collect()
    };
    site.galleries.iter().flat_map(of_gallery).collect()
}

/// Where one video is used.
#[derive(Default)]
pub(super) struct VideoUses<'a> {
    /// Where it plays.
    pub(super) playing: Vec<&'a Video>,
    /// Where a frame of it is a cover.
    pub(super) covers: Vec<&'a Video>,
}

/// Each video with all places where it is used, in the order of the site.
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
