//! The variables that templates can use, with the names that récitale gave them.

use std::sync::Arc;

use minijinja::Value;

use super::day::Day;
use super::html::{MOST_SECTIONS, NAMED, Piece, without_marks};
use super::media::{GetterObject, MediaGetter, MediaRequests};
use super::refuse::refuse;
use super::value::{FieldMap, value};
use crate::plan::feed_stories;
use crate::site::{Body, Cover, Gallery, GalleryId, Section, Site, Written};
use crate::source::{Data, SitePath, Theme, percent_encoded};

/// Builds the variables of each page. Variables of the whole site are built once.
pub(super) struct Contexts<'a> {
    site: &'a Site,
    written: &'a Written,
    settings: Value,
    media: [(&'static str, Value); 3],
}

impl<'a> Contexts<'a> {
    pub(super) fn new(site: &'a Site, written: &'a Written, requests: &Arc<MediaRequests>) -> Self {
        let media = |kind| Value::from_object(GetterObject { kind, requests: requests.clone() });
        let media = [
            ("Image", media(MediaGetter::Image)),
            ("Video", media(MediaGetter::Video)),
            ("Audio", media(MediaGetter::Audio)),
        ];
        Self { site, written, settings: settings(site, written).into(), media }
    }

    /// Returns the variables of a page of tiles: the front page (`None`) or the page of an index.
    pub(super) fn index(&self, gallery: Option<GalleryId>) -> FieldMap {
        let (folder, galleries) = match gallery.map(|id| self.gallery(id)) {
            Some(Gallery { path, body: Body::Index(children), .. }) => (path.clone(), children.as_slice()),
            _ => (SitePath::root(), self.site.front.as_slice()),
        };
        let mut fields = self.common(&folder);
        let password = gallery.map_or(&self.site.password, |id| &self.gallery(id).password).as_deref();
        fields.set("galleries", self.tiles(galleries, password));
        fields.set("sub_index", gallery.is_some());
        fields
    }

    /// Returns the variables of a story or a static page.
    pub(super) fn story(&self, id: GalleryId, sections: &[Section]) -> FieldMap {
        let gallery = self.gallery(id);
        let mut fields = self.common(&gallery.path);
        fields.set("gallery", self.gallery_fields(id, sections));
        fields.set("link", link(&gallery.path));
        fields.set("name", percent_encoded(gallery.path.name()));
        fields
    }

    /// Returns the variables of the feed: public stories, newest first.
    pub(super) fn feed(&self) -> FieldMap {
        let mut fields = FieldMap::default();
        fields.set("settings", self.settings.clone());
        let tiles = feed_stories(self.site).into_iter().map(|id| {
            let mut tile = self.tile(id, None);
            if self.gallery(id).password.is_some() {
                // Like cimaise's own feeds, it reveals only the title of a protected story.
                ["sub_title", "tags"].into_iter().for_each(|key| tile.set(key, ""));
            }
            Value::from(tile)
        });
        fields.set("galleries", tiles.collect::<Value>());
        fields
    }

    fn gallery(&self, id: GalleryId) -> &'a Gallery {
        &self.site.galleries[id.index()]
    }

    fn common(&self, folder: &SitePath) -> FieldMap {
        let mut fields = FieldMap::default();
        fields.set("settings", self.settings.clone());
        for (name, media) in &self.media {
            fields.set(name, media.clone());
        }
        let mut own = FieldMap::default();
        for (name, gap) in &NAMED {
            own.set_gap(name, gap);
        }
        own.set("root", "../".repeat(folder.parts().count()));
        own.set("section", Value::from_function(section));
        fields.set("cimaise", own);
        fields
    }

    fn gallery_fields(&self, id: GalleryId, sections: &[Section]) -> FieldMap {
        let gallery = self.gallery(id);
        let mut fields = FieldMap::of(&self.written.galleries[id.index()]);
        set_common(&mut fields, gallery);
        fields.set("public", gallery.public);
        fields.set("static", matches!(gallery.body, Body::Static(_)));
        fields.set("lang", gallery.language.as_str());
        fields.remove("password");
        if gallery.password.is_some() {
            fields.set("password", true);
        }
        let maps = sections.iter().enumerate().map(|(place, section)| Value::from(section_fields(place, section)));
        fields.set("sections", maps.collect::<Value>());
        for kind in sections.iter().filter_map(Section::type_name) {
            fields.set(&format!("{kind}_enabled"), true);
            fields.set(&format!("{}_enabled", kind.replace('-', "_")), true);
        }
        fields
    }

    fn tiles(&self, galleries: &[GalleryId], password: Option<&str>) -> Value {
        galleries.iter().map(|id| Value::from(self.tile(*id, password))).collect()
    }

    /// Returns the tile of a gallery, for readers who know `password`. The tile of a gallery with another password has neither a cover nor
    /// inner galleries.
    fn tile(&self, id: GalleryId, password: Option<&str>) -> FieldMap {
        let gallery = self.gallery(id);
        let data = &self.written.galleries[id.index()];
        let mut fields = FieldMap::default();
        set_common(&mut fields, gallery);
        fields.set("link", link(&gallery.path));
        fields.set("name", percent_encoded(gallery.path.name()));
        let own = data.get("cover").filter(|cover| **cover != Data::Nothing);
        let (kind, path) = match &gallery.cover {
            Some(Cover::Photo(picture)) => ("image", Some(&self.site.photos[picture.photo.index()].path)),
            Some(Cover::Video(video)) => ("video", Some(&self.site.videos[video.file.index()].path)),
            None => ("image", None),
        };
        fields.set("cover_type", kind);
        let open = gallery.password.is_none() || gallery.password.as_deref() == password;
        match (own.filter(|_| open), path.filter(|_| open)) {
            (Some(cover), _) => fields.set("cover", value(cover)),
            // The cover of an inner gallery replaces a missing one.
            (None, Some(path)) => fields.set("cover", path.relative_to(&gallery.path)),
            (None, None) => fields.set("cover", ""),
        }
        let inside = match &gallery.body {
            Body::Index(children) if open => children.as_slice(),
            Body::Index(_) | Body::Story(_) | Body::Static(_) => &[],
        };
        fields.set("sub_gallery", self.tiles(inside, password));
        fields
    }
}

/// Returns a section with all its keys, and remembers its index for `cimaise.section`.
pub(super) fn section_fields(place: usize, section: &Section) -> FieldMap {
    let mut fields = FieldMap::of(&section.data);
    fields.section = Some(place);
    fields
}

/// Implements `cimaise.section(section)`: prints a section as cimaise does.
fn section(section: Value) -> Result<String, minijinja::Error> {
    match section.downcast_object_ref::<FieldMap>().and_then(|fields| fields.section) {
        Some(place) if place < MOST_SECTIONS => Ok(Piece::Section(place).to_string()),
        Some(_) => Err(refuse(
            format!("the gallery has more than {MOST_SECTIONS} sections"),
            "divide it into several galleries",
        )),
        None => Err(refuse(
            "cimaise prints only what is one of `gallery.sections`",
            "write `{% for section in gallery.sections %}` around it; a map of your own needs a template of your own",
        )),
    }
}

/// Sets the fields of a gallery that tiles and pages share.
fn set_common(fields: &mut FieldMap, gallery: &Gallery) {
    fields.set("title", gallery.title.html());
    fields.set("sub_title", gallery.sub_title.html());
    fields.set("date", gallery.date.map_or_else(|| Value::from(""), |date| Day(date).into()));
    fields.set("tags", gallery.tags.iter().map(|tag| Value::from(&*without_marks(tag))).collect::<Value>());
}

/// Returns the path of a gallery, percent-encoded for a URL.
fn link(path: &SitePath) -> String {
    percent_encoded(path.as_str())
}

/// Returns the root settings, filled up with récitale's defaults.
fn settings(site: &Site, written: &Written) -> FieldMap {
    let mut fields = FieldMap::of(&written.settings);
    fields.set("title", site.title.html());
    fields.set("sub_title", site.sub_title.html());
    match &site.url {
        Some(url) => fields.set("url", url.as_str()),
        None => fields.remove("url"),
    }
    fields.set("rss", site.sharing.feeds);
    fields.set("share", site.sharing.links);
    fields.set("show_date", site.show_date);
    fields.set("lang", site.language.as_str());
    fields.remove("password");
    if site.password.is_some() {
        fields.set("password", true);
    }
    let mut licence = FieldMap::default();
    licence.set("name", site.licence.name.html());
    licence.set("url", site.licence.url.as_str());
    fields.set("licence", licence);
    fields.set("custom_css", site.custom_style.is_some());
    fields.set("custom_js", site.custom_script.is_some());
    let mut inner = written.settings.get("settings").map(FieldMap::of).unwrap_or_default();
    inner.fill("theme", Theme::default().name());
    inner.set("og", site.sharing.cards);
    for key in ["light_mode", "night_mode", "reverse"] {
        inner.fill(key, false);
    }
    inner.remove("deploy");
    fields.set("settings", inner);
    fields
}
