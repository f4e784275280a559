//! Who gets to see what: the files that are published for everybody, and those for the holders of a password.
//!
//! A photo that an open page and a protected one show is published twice: once as it is, and once encrypted, under a name that nobody
//! guesses. Which pages there are decides alone, so this is settled before anything is rendered.

use std::collections::{BTreeMap, BTreeSet};

use super::{Naming, OutputPath, Plan, uses};
use crate::lock::Keyring;
use crate::site::{Body, Cover, Gallery, GalleryId, Picture, Section, SectionKind, Site};
use crate::source::{Protect, SitePath};

/// A password of the site, by its place in [`Audiences::passwords`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LockId(pub u32);

/// Who sees a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// It is published as it is.
    Everybody,
    /// It is published encrypted.
    Holders(LockId),
}

/// For each file of the plan: for whom it is published, and where.
#[derive(Debug, Clone, Default)]
pub struct Audiences {
    /// The passwords of the site, each once, sorted.
    pub passwords: Vec<String>,
    places: BTreeMap<(OutputPath, Audience), OutputPath>,
}

impl Audiences {
    /// Who reads a page of this gallery, or the front page.
    #[must_use]
    pub fn of_media(site: &Site, gallery: Option<GalleryId>) -> Audience {
        let (password, protect) = match gallery {
            Some(id) => (&site.galleries[id.index()].password, site.galleries[id.index()].protect),
            None => (&site.password, site.protect),
        };
        match (password, protect) {
            (Some(password), Protect::Media) => {
                let place = site.passwords().iter().position(|known| *known == password).unwrap_or_default();
                Audience::Holders(LockId(u32::try_from(place).unwrap_or_default()))
            }
            _ => Audience::Everybody,
        }
    }

    /// Where a file that the plan calls `path` is published for an audience; `None` if it is not.
    #[must_use]
    pub fn place(&self, path: &OutputPath, audience: Audience) -> Option<&OutputPath> {
        self.places.get(&(path.clone(), audience))
    }

    /// Everywhere where a file that the plan calls `path` is published.
    pub fn places<'a>(&'a self, path: &OutputPath) -> impl Iterator<Item = (Audience, &'a OutputPath)> + use<'a> {
        let holders = LockId(u32::MAX);
        let all = (path.clone(), Audience::Everybody)..=(path.clone(), Audience::Holders(holders));
        self.places.range(all).map(|((_, audience), place)| (*audience, place))
    }

    /// Opens a file to an audience.
    pub fn publish(&mut self, path: &OutputPath, audience: Audience, keys: &Keyring) {
        let place = match audience {
            Audience::Everybody => path.clone(),
            Audience::Holders(LockId(number)) => {
                let name = keys.name(&self.passwords[number as usize], &path.to_string());
                OutputPath::new(&SitePath::root().child("locked"), &format!("{name}.bin"))
            }
        };
        self.places.insert((path.clone(), audience), place);
    }
}

/// What the pages of a site show, and to whom.
pub(super) fn audiences(site: &Site, plan: &Plan, keys: &Keyring) -> Audiences {
    let mut audiences =
        Audiences { passwords: site.passwords().into_iter().map(str::to_owned).collect(), places: BTreeMap::new() };
    let mut seen = BTreeSet::new();
    let mut show = |paths: Vec<&OutputPath>, audience: Audience| {
        for path in paths {
            if seen.insert((path.clone(), audience)) {
                audiences.publish(path, audience, keys);
            }
        }
    };
    for (number, gallery) in (0..).zip(&site.galleries) {
        let id = GalleryId(number);
        let audience = Audiences::of_media(site, Some(id));
        if let Some(cover) = gallery.cover.as_ref().filter(|_| cover_is_shown(site, id, gallery)) {
            let paths = match cover {
                Cover::Photo(picture) => files_of_picture(plan, picture).collect(),
                Cover::Video(video) => {
                    let stills = plan.cover(video).candidates.iter();
                    stills.filter_map(|&id| plan.still(id).path.as_ref()).collect()
                }
            };
            show(paths, audience);
        }
        let (Body::Story(sections) | Body::Static(sections)) = &gallery.body else { continue };
        for section in sections {
            show(files_of(plan, section), audience);
        }
    }
    // What has the name that its author gave it is looked for by that name.
    let renditions = plan.renditions.iter().filter(|rendition| rendition.naming == Naming::Author);
    let copies = plan.copies.iter().filter(|copy| copy.naming == Naming::Author).map(|copy| &copy.path);
    show(renditions.filter_map(|rendition| rendition.path.as_ref()).chain(copies).collect(), Audience::Everybody);
    audiences
}

/// Whether any page shows this cover: an open gallery's can be shown elsewhere (OpenGraph); that of a protected one only beside others
/// that the same password opens.
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
    // Stories end with links to those beside them.
    let stories = siblings.iter().filter(|&&other| other != id).map(|other| &site.galleries[other.index()]);
    let stories = stories.filter(|other| matches!(other.body, Body::Story(_))).map(|other| &other.password);
    stories.chain([around]).any(|password| *password == gallery.password)
}

/// The files of a section.
fn files_of<'p>(plan: &'p Plan, section: &Section) -> Vec<&'p OutputPath> {
    let mut found = Vec::new();
    for picture in uses::pictures(section) {
        found.extend(files_of_picture(plan, picture));
    }
    for video in uses::videos(section) {
        let planned = plan.video(video);
        found.push(&plan.transcode(planned.transcode).path);
        found.extend(&plan.still(planned.poster).path);
    }
    if let SectionKind::Audio { sound, .. } = &section.kind {
        found.push(plan.sound(*sound));
    }
    found
}

/// The sizes of a photo.
fn files_of_picture<'p>(plan: &'p Plan, picture: &Picture) -> impl Iterator<Item = &'p OutputPath> {
    let planned = plan.picture(picture);
    let renditions = planned.candidates.iter().chain(&planned.full);
    renditions.filter_map(|&id| plan.rendition(id).path.as_ref())
}
