//! Every way in which the site uses a photo or a video.

use std::collections::{BTreeMap, BTreeSet};

use crate::site::{
    Aside, Body, Cover, Gallery, Media, PhotoId, Picture, PictureOptions, Section, SectionKind, Site, Video, VideoId,
};

/// Each photo with each set of options it is used with, in order.
pub(super) fn photos(site: &Site) -> BTreeSet<(PhotoId, PictureOptions)> {
    let of_gallery = |gallery: &Gallery| -> Vec<(PhotoId, PictureOptions)> {
        let cover = if let Some(Cover::Photo(picture)) = &gallery.cover { Some(picture) } else { None };
        let shown = sections(gallery).iter().flat_map(pictures).chain(cover);
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
        for video in sections(gallery).iter().flat_map(videos) {
            uses.entry(video.file).or_default().playing.push(video);
        }
    }
    uses
}

/// The sections of a gallery's page.
pub(super) fn sections(gallery: &Gallery) -> &[Section] {
    match &gallery.body {
        Body::Story(sections) | Body::Static(sections) => sections,
        Body::Index(_) => &[],
    }
}

/// The videos of a section, in the order in which they are shown.
pub fn videos(section: &Section) -> impl Iterator<Item = &Video> {
    borrowed(section).into_iter().filter_map(|media| match media {
        Media::Photo(_) => None,
        Media::Video(video) => Some(video),
    })
}

/// The pictures of a section, in the order in which they are shown.
#[must_use]
pub fn pictures(section: &Section) -> Vec<&Picture> {
    let lone = match &section.kind {
        SectionKind::Panorama { picture } => Some(picture),
        SectionKind::Author { portrait, .. } => Some(portrait),
        _ => None,
    };
    fn of(media: &Media) -> Option<&Picture> {
        match media {
            Media::Photo(picture) => Some(picture),
            Media::Video(_) => None,
        }
    }
    borrowed(section).into_iter().filter_map(of).chain(lone).collect()
}

/// Where either a photo or a video may stand.
fn borrowed(section: &Section) -> Vec<&Media> {
    match &section.kind {
        SectionKind::FullPicture { media, .. }
        | SectionKind::BorderedPicture { media }
        | SectionKind::Paragraph { image: Some(Aside { media, .. }), .. } => vec![media],
        SectionKind::PicturesGroup { rows } => rows.iter().flatten().collect(),
        SectionKind::Text { .. }
        | SectionKind::Paragraph { image: None, .. }
        | SectionKind::Quote { .. }
        | SectionKind::Html { .. }
        | SectionKind::Iframe { .. }
        | SectionKind::Audio { .. }
        | SectionKind::Panorama { .. }
        | SectionKind::Author { .. }
        | SectionKind::Custom => Vec::new(),
    }
}
