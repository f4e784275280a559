//! Who sees a file: everybody, or the holders of a password.
//!
//! A photo that an open page and a protected one show is published twice: once as it is, and once encrypted, under a name that nobody
//! can guess.

use std::collections::BTreeMap;

use super::ids::LockId;
use super::output_path::OutputPath;
use crate::lock::Keyring;
use crate::site::{GalleryId, Site};
use crate::source::{Protect, SitePath};

/// Who sees a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Everybody: the file is published unencrypted.
    Everybody,
    /// Holders of a password: the file is published encrypted.
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
    /// No file yet, for a site with these passwords.
    pub(super) fn new(site: &Site) -> Self {
        Self { passwords: site.passwords().into_iter().map(str::to_owned).collect(), places: BTreeMap::new() }
    }

    /// Who sees the media on the page of a gallery; without one, of the front page.
    #[must_use]
    pub fn of_media(site: &Site, gallery: Option<GalleryId>) -> Audience {
        let (password, protect) = match gallery {
            Some(id) => (&site.galleries[id.index()].password, site.galleries[id.index()].protect),
            None => (&site.password, site.protect),
        };
        match (password, protect) {
            (Some(password), Protect::Media) => {
                let place = site.passwords().iter().position(|known| *known == password).unwrap_or_default();
                Audience::Holders(LockId::at(place))
            }
            _ => Audience::Everybody,
        }
    }

    /// Where the file at the plan's `path` is published for an audience; `None` if it is not.
    #[must_use]
    pub fn place(&self, path: &OutputPath, audience: Audience) -> Option<&OutputPath> {
        self.places.get(&(path.clone(), audience))
    }

    /// All audiences of the file at the plan's `path`, and where it is published for each.
    pub fn places<'a>(&'a self, path: &OutputPath) -> impl Iterator<Item = (Audience, &'a OutputPath)> + use<'a> {
        let holders = LockId(u32::MAX);
        let all = (path.clone(), Audience::Everybody)..=(path.clone(), Audience::Holders(holders));
        self.places.range(all).map(|((_, audience), place)| (*audience, place))
    }

    /// Publishes the file at the plan's `path` for an audience; a second time changes nothing.
    pub fn publish(&mut self, path: &OutputPath, audience: Audience, keys: &Keyring) {
        let place = match audience {
            Audience::Everybody => path.clone(),
            Audience::Holders(id) => {
                let name = keys.name(&self.passwords[id.index()], &path.to_string());
                OutputPath::new(&SitePath::root().child("locked"), &format!("{name}.bin"))
            }
        };
        self.places.insert((path.clone(), audience), place);
    }
}
