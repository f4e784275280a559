//! Texts from photo files that the pages of a site show.
//!
//! In: a [`Site`]. Out: each text that comes from a file instead of the settings, with page, place and photo. Pure. It follows
//! cimaise's own templates; those of a site may show less. tests/integration/texts.rs compares it with every byte of built sites.

use crate::plan::{FeedKind, OutputPath, feed_stories};
use crate::site::{Body, Cover, Gallery, GalleryId, Picture, Rights, Section, SectionKind, Site};

/// A text from a file, shown on a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShownText {
    /// Path of the page in the output folder.
    pub page: String,
    /// Place on the page.
    pub place: TextPlace,
    /// Path of the photo in the site.
    pub photo: String,
    /// The text.
    pub text: String,
}

/// Place of a text on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextPlace {
    /// Alternative text, for readers who do not see the picture.
    Alt,
    /// Caption below the picture.
    Caption,
    /// Linked data (JSON-LD), under this key.
    JsonLd(&'static str),
    /// Description of the picture in link previews on other sites.
    Card,
    /// Entry of a feed.
    Feed,
}

/// Collects all texts, sorted and without duplicates.
pub(super) fn shown(site: &Site) -> Vec<ShownText> {
    let mut pages = PageTexts { site, found: Vec::new() };
    pages.front();
    for (id, gallery) in (0..).map(GalleryId).zip(&site.galleries) {
        pages.gallery(id, gallery);
    }
    pages.feeds();
    pages.found.sort();
    pages.found.dedup();
    pages.found
}

struct PageTexts<'a> {
    site: &'a Site,
    found: Vec<ShownText>,
}

impl<'a> PageTexts<'a> {
    fn front(&mut self) {
        let page = OutputPath::page(&crate::source::SitePath::root());
        self.tiles(&page, &self.site.front, self.site.password.as_deref());
        let newest = self.site.front.iter().map(|id| self.at(*id)).find(|gallery| gallery.password.is_none());
        if let (Some(gallery), None) = (newest, &self.site.password) {
            self.card(&page, gallery);
        }
    }

    fn gallery(&mut self, id: GalleryId, gallery: &Gallery) {
        let page = OutputPath::page(&gallery.path);
        let is_light = gallery.theme.is_plain();
        match &gallery.body {
            Body::Index(children) => self.tiles(&page, children, gallery.password.as_deref()),
            Body::Static(sections) => self.sections(&page, sections, is_light),
            Body::Story(sections) => {
                self.sections(&page, sections, is_light);
                if !is_light {
                    self.tiles(&page, &self.neighbours(id, gallery), gallery.password.as_deref());
                    self.linked_data(&page, gallery, sections);
                }
            }
        }
        if let (true, Body::Story(sections) | Body::Static(sections)) = (gallery.light, &gallery.body) {
            self.sections(&OutputPath::page(&gallery.light_folder()), sections, true);
        }
        if gallery.password.is_none() {
            self.card(&page, gallery);
        }
    }

    fn sections(&mut self, page: &OutputPath, sections: &[Section], is_light: bool) {
        for section in sections {
            for picture in section.photos() {
                self.add(page, TextPlace::Alt, picture, picture.of_file.alt, &picture.alt);
                let is_below = match section.kind {
                    SectionKind::Author { .. } => false,
                    // It fills the screen. Its caption is only its accessible name, and only if there is no description.
                    SectionKind::FullPicture { .. } => is_light || picture.alt.trim().is_empty(),
                    _ => true,
                };
                let is_below = is_below && picture.of_file.caption;
                self.add(page, TextPlace::Caption, picture, is_below, &picture.caption.plain());
            }
        }
    }

    /// Returns the galleries before and after a gallery in its index.
    fn neighbours(&self, id: GalleryId, gallery: &Gallery) -> Vec<GalleryId> {
        let shown: &[GalleryId] = match gallery.parent.map(|parent| &self.at(parent).body) {
            None => &self.site.front,
            Some(Body::Index(children)) => children,
            Some(Body::Story(_) | Body::Static(_)) => &[],
        };
        let Some(at) = shown.iter().position(|other| *other == id) else { return Vec::new() };
        let beside = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
        beside.filter_map(|at| shown.get(at).copied()).collect()
    }

    /// Adds the covers of galleries on a page for holders of `password`.
    fn tiles(&mut self, page: &OutputPath, galleries: &[GalleryId], password: Option<&str>) {
        for id in galleries {
            let gallery = self.at(*id);
            let is_open = gallery.password.is_none() || gallery.password.as_deref() == password;
            if let (true, Some(Cover::Photo(picture))) = (is_open, &gallery.cover) {
                self.add(page, TextPlace::Alt, picture, picture.of_file.alt, &picture.alt);
            }
        }
    }

    fn linked_data(&mut self, page: &OutputPath, gallery: &Gallery, sections: &[Section]) {
        if self.site.url.is_none() || gallery.password.is_some() {
            return;
        }
        for picture in sections.iter().flat_map(Section::photos) {
            let (caption, is_files) = picture.caption_for_programs();
            self.add(page, TextPlace::JsonLd("caption"), picture, is_files, &caption);
            let credit = &self.site.photos[picture.photo.index()].about.credit;
            let rights = Rights::of(credit, picture.options.metadata, &self.site.licence);
            let creators = rights.creators.iter().map(|name| ("creator", name));
            let others = [
                ("license", &rights.licence),
                ("acquireLicensePage", &rights.acquire),
                ("creditText", &rights.credit),
                ("copyrightNotice", &rights.notice),
            ];
            for (key, text) in others.into_iter().chain(creators) {
                self.add(page, TextPlace::JsonLd(key), picture, rights.of_file, text);
            }
        }
    }

    fn card(&mut self, page: &OutputPath, gallery: &Gallery) {
        if self.site.sharing.cards {
            self.cover(page, TextPlace::Card, gallery);
        }
    }

    fn feeds(&mut self) {
        if !self.site.sharing.feeds || self.site.password.is_some() {
            return;
        }
        for id in feed_stories(self.site) {
            let gallery = self.at(id);
            if gallery.password.is_none() {
                FeedKind::ALL.into_iter().for_each(|kind| self.cover(&kind.path(), TextPlace::Feed, gallery));
            }
        }
    }

    /// Adds the description of a gallery's cover for programs.
    fn cover(&mut self, page: &OutputPath, place: TextPlace, gallery: &Gallery) {
        if let Some(Cover::Photo(picture)) = &gallery.cover {
            self.add(page, place, picture, picture.of_file.told, &picture.told);
        }
    }

    fn at(&self, id: GalleryId) -> &'a Gallery {
        &self.site.galleries[id.index()]
    }

    fn add(&mut self, page: &OutputPath, place: TextPlace, picture: &Picture, is_files: bool, text: &str) {
        if is_files && !text.trim().is_empty() {
            let photo = self.site.photos[picture.photo.index()].path.to_string();
            let page = page.as_path().to_string();
            self.found.push(ShownText { page, place, photo, text: text.to_owned() });
        }
    }
}
