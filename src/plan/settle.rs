//! Determines the audiences of each file in the plan.
//!
//! They depend only on which pages show a file, so they are known before anything is rendered.

use std::collections::HashSet;

use super::audience::{Audience, Audiences};
use super::copies::Naming;
use super::model::Plan;
use super::output_path::OutputPath;
use crate::lock::Keyring;
use crate::site::{Body, Cover, Gallery, GalleryId, Section, Site};

/// Returns the audiences of all files that the pages of a site show.
pub(super) fn settle<'p>(site: &Site, plan: &'p Plan, keys: &Keyring) -> Audiences {
    let mut audiences = Audiences::new(site);
    let mut seen = HashSet::new();
    let mut show = |paths: Vec<&'p OutputPath>, audience: Audience| {
        for path in paths {
            if seen.insert((path, audience)) {
                audiences.publish(path, audience, keys);
            }
        }
    };
    for (index, gallery) in site.galleries.iter().enumerate() {
        let id = GalleryId::at(index);
        let audience = Audiences::of_media(site, Some(id));
        if let Some(cover) = gallery.cover.as_ref().filter(|_| cover_is_shown(site, id, gallery)) {
            let paths = match cover {
                Cover::Photo(picture) => plan.offered(picture).paths().collect(),
                Cover::Video(video) => plan.offered_cover(video).paths().collect(),
            };
            show(paths, audience);
        }
        for section in gallery.sections() {
            show(files_of(plan, section), audience);
        }
    }
    // Files whose names the author chose are linked by those names.
    let renditions = plan.renditions.iter().filter(|rendition| rendition.naming == Naming::Author);
    let copies = plan.copies.iter().filter(|copy| copy.naming == Naming::Author).map(|copy| &copy.path);
    show(renditions.filter_map(|rendition| rendition.path.as_ref()).chain(copies).collect(), Audience::Everybody);
    audiences
}

/// Whether any page shows this cover. The cover of an open gallery may appear elsewhere (OpenGraph). The cover of a protected gallery
/// appears only next to galleries with the same password.
fn cover_is_shown(site: &Site, id: GalleryId, gallery: &Gallery) -> bool {
    if gallery.password.is_none() {
        return true;
    }
    let (around, siblings) = match gallery.parent.map(|parent| &site.galleries[parent.index()]) {
        None => (&site.password, &site.front),
        Some(parent) => match &parent.body {
            Body::Index(children) => (&parent.password, children),
            Body::Story(_) | Body::Static(_) => return false,
        },
    };
    // Stories end with links to their neighbours.
    let stories = siblings.iter().filter(|&&other| other != id).map(|other| &site.galleries[other.index()]);
    let stories = stories.filter(|other| matches!(other.body, Body::Story(_))).map(|other| &other.password);
    stories.chain([around]).any(|password| *password == gallery.password)
}

/// Returns the files of a section.
fn files_of<'p>(plan: &'p Plan, section: &Section) -> Vec<&'p OutputPath> {
    let mut found = Vec::new();
    for picture in section.photos() {
        found.extend(plan.offered(picture).paths());
    }
    for video in section.videos() {
        let planned = plan.video(video);
        found.push(&plan.transcode(planned.transcode).path);
        found.extend(&plan.still(planned.poster).path);
    }
    found.extend(section.sound().map(|sound| plan.sound(sound)));
    found
}
