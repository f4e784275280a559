//! Audiences of files: everybody, or the holders of a password.
//!
//! A photo on both an open and a protected page is published twice: unchanged, and encrypted under a name that cannot be guessed.

use std::collections::BTreeMap;

use super::ids::LockId;
use super::output_path::OutputPath;
use crate::lock::Keyring;
use crate::site::{GalleryId, Site};
use crate::source::{Protect, SitePath};

/// The readers for whom a file is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Everybody: the file is published unencrypted.
    Everybody,
    /// Holders of a password: the file is published encrypted.
    Holders(LockId),
}

/// The audiences of each file in the plan, and its path for each audience.
#[derive(Debug, Clone, Default)]
pub struct Audiences {
    /// The passwords of the site, sorted, without duplicates.
    pub passwords: Vec<String>,
    places: BTreeMap<(OutputPath, Audience), OutputPath>,
}

impl Audiences {
    /// Creates an empty map for a site with these passwords.
    pub(super) fn new(site: &Site) -> Self {
        Self { passwords: site.passwords().into_iter().map(str::to_owned).collect(), places: BTreeMap::new() }
    }

    /// Returns the audience of the media on a gallery's page, or on the front page (`None`).
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

    /// Returns the path where the file at the plan's `path` is published for an audience; `None` if it is not.
    #[must_use]
    pub fn place(&self, path: &OutputPath, audience: Audience) -> Option<&OutputPath> {
        self.places.get(&(path.clone(), audience))
    }

    /// Returns all audiences of the file at the plan's `path`, with the published path for each.
    pub fn places<'a>(&'a self, path: &OutputPath) -> impl Iterator<Item = (Audience, &'a OutputPath)> + use<'a> {
        let holders = LockId(u32::MAX);
        let all = (path.clone(), Audience::Everybody)..=(path.clone(), Audience::Holders(holders));
        self.places.range(all).map(|((_, audience), place)| (*audience, place))
    }

    /// Publishes the file at the plan's `path` for an audience. Repeated calls change nothing.
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
