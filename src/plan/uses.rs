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
    fn of(media: &Media) -> Option<&Picture> {
        match media {
            Media::Photo(picture) => Some(picture),
            Media::Video(_) => None,
        }
    }
    match &section.kind {
        SectionKind::FullPicture { media, .. } | SectionKind::BorderedPicture { media } => {
            of(media).into_iter().collect()
        }
        SectionKind::PicturesGroup { rows } => rows.iter().flatten().filter_map(of).collect(),
        SectionKind::Paragraph { image: Some(Aside { media, .. }), .. } => of(media).into_iter().collect(),
        SectionKind::Panorama { picture } => vec![picture],
        SectionKind::Author { portrait, .. } => vec![portrait],
        SectionKind::Text { .. }
        | SectionKind::Paragraph { image: None, .. }
        | SectionKind::Quote { .. }
        | SectionKind::Html { .. }
        | SectionKind::Iframe { .. }
        | SectionKind::Audio { .. } => Vec::new(),
    }
}
