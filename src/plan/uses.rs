//! Every way in which the site uses a photo.

use std::collections::BTreeSet;

use crate::site::{Aside, Body, Cover, Media, PhotoId, Picture, PictureOptions, Section, SectionKind, Site};

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

/// Photos and videos of a section, in the order in which they are shown.
pub(super) fn media(section: &Section) -> Vec<Media> {
    let lone = match &section.kind {
        SectionKind::Panorama { picture } | SectionKind::Author { portrait: picture, .. } => Some(picture),
        _ => None,
    };
    borrowed(section).into_iter().cloned().chain(lone.cloned().map(Media::Photo)).collect()
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
        | SectionKind::Custom { .. } => Vec::new(),
    }
}
