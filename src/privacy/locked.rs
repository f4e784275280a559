//! Photos that are protected on one page and open on another.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report};
use crate::plan::{Audience, Audiences, pictures};
use crate::site::{Body, Cover, GalleryId, Picture, Site};

/// Warns of each photo that an author protects and all the same publishes: it is published for both.
pub fn warn_of_open_copies(site: &Site, report: &mut Report) {
    let mut open = BTreeSet::new();
    let mut kept: Vec<&Picture> = Vec::new();
    for (number, gallery) in (0..).zip(&site.galleries) {
        let mut shown: Vec<&Picture> = match &gallery.body {
            Body::Story(sections) | Body::Static(sections) => sections.iter().flat_map(pictures).collect(),
            Body::Index(_) => Vec::new(),
        };
        if let Some(Cover::Photo(cover)) = &gallery.cover {
            shown.push(cover);
        }
        match Audiences::of_media(site, Some(GalleryId(number))) {
            Audience::Everybody => open.extend(shown.iter().map(|picture| picture.photo)),
            Audience::Holders(_) => kept.extend(shown),
        }
    }
    let mut told = BTreeSet::new();
    for picture in kept {
        if open.contains(&picture.photo) && told.insert(picture.photo) {
            let path = &site.photos[picture.photo.index()].path;
            let message = format!("`{path}` is protected here, but an open page shows it as well");
            let help = "so everybody can see it; take it off the open page, or protect that page too";
            report.push(Diagnostic::warning(message).at(picture.span).help(help));
        }
    }
}
