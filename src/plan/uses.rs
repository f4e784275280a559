//! The ways in which a site uses its photos and videos.
//!
//! In: a site. Out: each photo and video in use, with what decides about its files. Must not know recipes.

use std::collections::BTreeMap;

use super::shown::Showing;
use crate::site::{
    Cover, Gallery, Media, PhotoId, Picture, PictureOptions, Section, SectionKind, Site, Video, VideoId,
};
use pixels::Size;

/// Returns each photo with each set of options used for it, in order, with the largest width in pixels that any of these uses shows.
pub(super) fn photos(site: &Site) -> BTreeMap<(PhotoId, PictureOptions), u64> {
    let mut uses = BTreeMap::new();
    for (picture, shown) in site.galleries.iter().flat_map(|gallery| of_gallery(site, gallery)) {
        let widest: &mut u64 = uses.entry((picture.photo, picture.options)).or_default();
        *widest = shown.widest(seen(site, picture)).max(*widest);
    }
    uses
}

fn of_gallery<'s>(site: &Site, gallery: &'s Gallery) -> impl Iterator<Item = (&'s Picture, Showing)> {
    let cover = if let Some(Cover::Photo(picture)) = &gallery.cover { Some(picture) } else { None };
    let cover = cover.map(|picture| (picture, Showing::Cover));
    gallery.sections().iter().flat_map(|section| of_section(site, section)).chain(cover)
}

fn of_section<'s>(site: &Site, section: &'s Section) -> Vec<(&'s Picture, Showing)> {
    let all = |shown| section.photos().map(|picture| (picture, shown)).collect();
    match &section.kind {
        SectionKind::PicturesGroup { rows } => rows.iter().flat_map(|row| of_row(site, row)).collect(),
        SectionKind::FullPicture { .. } => all(Showing::Screen),
        SectionKind::Panorama { .. } => all(Showing::Strip),
        SectionKind::Author { .. } => all(Showing::Portrait),
        _ => all(Showing::Fitted),
    }
}

fn of_row<'s>(site: &Site, row: &'s [Media]) -> Vec<(&'s Picture, Showing)> {
    let ratio = |media: &Media| {
        let size = match media {
            Media::Photo(picture) => seen(site, picture),
            Media::Video(video) => site.videos[video.file.index()].probe.size,
        };
        u64::from(size.width) * 1000 / u64::from(size.height.max(1))
    };
    let shown = Showing::Row(row.iter().map(ratio).sum());
    row.iter()
        .filter_map(|media| if let Media::Photo(picture) = media { Some((picture, shown)) } else { None })
        .collect()
}

fn seen(site: &Site, picture: &Picture) -> Size {
    picture.options.seen(&site.photos[picture.photo.index()].header)
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
