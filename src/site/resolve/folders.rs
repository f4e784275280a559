//! Phase 1: the folders of all galleries, and everything that follows from folder settings alone.
//!
//! In: the galleries of a source. Out: [`Folders`]: each gallery with its parent, look and protection. Must not know
//! which files exist.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Report;
use crate::site::model::{GalleryId, LIGHT};
use crate::site::policy::look::{GalleryLook, Looks};
use crate::site::policy::order;
use crate::site::policy::protection::Protection;
use crate::source::{Folder, SitePath, Source};

/// All galleries, sorted by path, so that each gallery comes after the one around it.
pub(super) struct Folders<'a> {
    pub(super) list: Vec<GalleryFolder<'a>>,
    pub(super) front: Vec<GalleryId>,
    /// Protection of the front page.
    pub(super) site: Protection,
    /// Whether indexes show the oldest gallery first, by default.
    reverse: bool,
    ids: BTreeMap<&'a SitePath, GalleryId>,
}

/// The folder of one gallery, with inherited settings.
pub(super) struct GalleryFolder<'a> {
    pub(super) folder: &'a Folder,
    pub(super) parent: Option<GalleryId>,
    pub(super) look: GalleryLook,
    pub(super) protection: Protection,
}

impl<'a> Folders<'a> {
    pub(super) fn of(source: &'a Source, report: &mut Report) -> Self {
        let root = &source.settings;
        let mut flat = Vec::new();
        flatten(&source.galleries, None, &mut flat);
        flat.sort_by(|a, b| a.0.path.cmp(&b.0.path));
        let ids = (0..).map(GalleryId::at).zip(&flat).map(|(id, (folder, _))| (&folder.path, id)).collect();
        let site = Protection::of_site(root);
        let reverse = root.settings.reverse.is_some_and(|reverse| reverse.value);
        let mut folders = Self { list: Vec::with_capacity(flat.len()), front: Vec::new(), site, reverse, ids };
        let looks = Looks::of(root);
        for (folder, parent) in flat {
            let gallery = folders.gallery(folder, parent, &looks, report);
            folders.list.push(gallery);
        }
        folders.front = folders.index(&source.galleries, reverse);
        folders
    }

    fn gallery(
        &self,
        folder: &'a Folder,
        parent: Option<&SitePath>,
        looks: &Looks,
        report: &mut Report,
    ) -> GalleryFolder<'a> {
        let parent = parent.map(|parent| self.ids[parent]);
        let around = parent.map(|parent| &self.list[parent.index()]);
        let look = looks.look(folder, around.map(|around| around.look.theme));
        let protection = around.map_or(&self.site, |around| &around.protection);
        GalleryFolder { folder, parent, look, protection: protection.inside(folder, report) }
    }

    pub(super) fn folders(&self) -> impl Iterator<Item = &'a Folder> {
        self.list.iter().map(|gallery| gallery.folder)
    }

    /// Returns the folders of all pages, apart from light copies.
    pub(super) fn pages(&self) -> BTreeSet<&'a SitePath> {
        self.folders().map(|folder| &folder.path).collect()
    }

    /// Returns the folders of the light copies.
    pub(super) fn copies(&self) -> impl Iterator<Item = SitePath> {
        self.list.iter().filter(|gallery| gallery.look.light).map(|gallery| gallery.folder.path.child(LIGHT))
    }

    /// Returns the galleries in the index of `folder`.
    pub(super) fn index_of(&self, folder: &Folder) -> Vec<GalleryId> {
        self.index(&folder.children, folder.settings.reverse.map_or(self.reverse, |reverse| reverse.value))
    }

    /// Returns the public galleries among `folders`, in display order.
    fn index(&self, folders: &[Folder], reverse: bool) -> Vec<GalleryId> {
        let mut shown: Vec<&Folder> = folders.iter().filter(|folder| is_public(folder)).collect();
        order::sort(&mut shown, reverse, |folder| (folder.settings.date.map(|date| date.value), &folder.path));
        shown.into_iter().map(|folder| self.ids[&folder.path]).collect()
    }
}

/// Returns whether indexes list a gallery.
pub(super) fn is_public(folder: &Folder) -> bool {
    folder.settings.public.is_none_or(|public| public.value)
}

/// Appends every gallery, with the path of the gallery around it.
fn flatten<'a>(folders: &'a [Folder], parent: Option<&'a SitePath>, all: &mut Vec<(&'a Folder, Option<&'a SitePath>)>) {
    for folder in folders {
        all.push((folder, parent));
        flatten(&folder.children, Some(&folder.path), all);
    }
}
