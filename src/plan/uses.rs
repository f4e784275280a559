//! Every way in which the site uses a photo or a video.

use std::collections::{BTreeMap, BTreeSet};

use crate::site::{
    Aside, Body, Cover, Media, PhotoId, Picture, PictureOptions, Section, SectionKind, Site, Video, VideoId,
};

/// Each photo with each set of options it is used with, in order.
pub(super) fn uses(site: &Site) -> BTreeSet<(PhotoId, PictureOptions)> {
    let mut uses = BTreeSet::new();
    let mut add = |picture: &Picture| {
        uses.insert((picture.photo, picture.options));
    };
    for gallery in &site.galleries {
        if let Some(Cover::Photo(picture)) = &gallery.cover {
            add(picture);
        }
        match &gallery.body {
            Body::Story(sections) | Body::Static(sections) => {
                sections.iter().flat_map(pictures).for_each(&mut add);
            }
            Body::Index(_) => {}
        }
    }
    uses
}

/// Where one video is used.
#[derive(Default)]
pub(super) struct Films<'a> {
    /// Where it plays.
    pub(super) playing: Vec<&'a Video>,
    /// Where a frame of it stands on a tile.
    pub(super) covers: Vec<&'a Video>,
}

/// Each video with all places where it is used, in the order of the site.
pub(super) fn films(site: &Site) -> BTreeMap<VideoId, Films<'_>> {
    let mut films: BTreeMap<VideoId, Films<'_>> = BTreeMap::new();
    for gallery in &site.galleries {
        if let Some(Cover::Video(video)) = &gallery.cover {
            films.entry(video.file).or_default().covers.push(video);
        }
        if let Body::Story(sections) | Body::Static(sections) = &gallery.body {
            for video in sections.iter().flat_map(videos) {
                films.entry(video.file).or_default().playing.push(video);
            }
        }
    }
    films
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
