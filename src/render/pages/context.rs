//! What a page's views are made from, and what they leave behind: the page's style sheet and the count of its pictures.

use std::borrow::Cow;

use super::date::Words;
use super::sheet::Sheet;
use crate::media_type::media_type;
use crate::overrides::{Overrides, WrittenPage};
use crate::plan::{Audience, Audiences, Edition, OutputPath, PageKind, Plan};
use crate::render::media::Placeholders;
use crate::site::{AttachmentId, Body, Gallery, GalleryId, PhotoId, Section, Site, VideoId, one_folder_down};
use crate::source::SitePath;
use pixels::Placeholder;

/// One page in the making.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) site: &'a Site,
    pub(super) plan: &'a Plan,
    placeholders: &'a Placeholders,
    /// The page's folder, from which every link starts.
    pub(super) folder: &'a SitePath,
    /// How dates are written on the page.
    pub(super) words: Words<'a>,
    /// What has to be known to read the page.
    pub(super) password: Option<&'a str>,
    /// For whom the media are published that the page shows.
    pub(super) audience: Audience,
    /// The page's own style sheet.
    pub(super) sheet: Sheet,
    /// Whether a picture stands on the page already.
    has_picture: bool,
    /// How many pictures open at full size.
    pub(super) zoomable: usize,
    /// What templates of the site printed of the page.
    pub(super) written: Option<&'a WrittenPage>,
    /// Whether this is the page itself or its light copy.
    pub(super) edition: Edition,
    /// The sections of the page.
    pub(super) sections: &'a [Section],
    /// The gallery whose story the page tells, if it does.
    pub(super) story: Option<&'a Gallery>,
}

impl<'a> Context<'a> {
    /// A page in this folder.
    pub(super) fn new(
        site: &'a Site,
        plan: &'a Plan,
        placeholders: &'a Placeholders,
        folder: &'a SitePath,
        kind: PageKind,
    ) -> Self {
        let gallery = match kind {
            PageKind::Front => None,
            PageKind::Gallery(id) => Some(id),
        };
        let password = gallery.map_or(&site.password, |id| &site.galleries[id.index()].password).as_deref();
        let audience = Audiences::of_media(site, gallery);
        let sheet = Sheet::default();
        let words = match gallery.map(|id| &site.galleries[id.index()]) {
            None => Words { locale: &site.dates, page: &site.language },
            Some(gallery) => Words { locale: &gallery.dates, page: &gallery.language },
        };
        Self {
            site,
            plan,
            placeholders,
            folder,
            words,
            password,
            audience,
            sheet,
            has_picture: false,
            zoomable: 0,
            written: None,
            edition: Edition::Full,
            sections: &[],
            story: None,
        }
    }

    /// Says what the page shows.
    pub(super) fn enter(&mut self, kind: PageKind, overrides: &'a Overrides) {
        let id = match kind {
            PageKind::Front => None,
            PageKind::Gallery(id) => Some(id),
        };
        self.written = overrides.page(id);
        if let Some(gallery) = id.map(|id| self.gallery(id)) {
            match &gallery.body {
                Body::Story(sections) => (self.sections, self.story) = (sections, Some(gallery)),
                Body::Static(sections) => self.sections = sections,
                Body::Index(_) => {}
            }
        }
    }

    /// A link to a photo, video or sound, by the name that the plan has for it. Behind the name of an encrypted one stands what it is.
    pub(super) fn media(&self, path: &OutputPath) -> String {
        let place = self.plan.audiences.place(path, self.audience).unwrap_or(path);
        match self.audience {
            Audience::Everybody => self.link(place),
            Audience::Holders(_) => format!("{}#{}", self.link(place), media_type(path.as_path().extension())),
        }
    }

    /// Whether this page may show the cover of a gallery: not in front of a password that it is behind.
    pub(super) fn may_show(&self, gallery: &Gallery) -> bool {
        gallery.password.is_none() || gallery.password.as_deref() == self.password
    }

    /// Makes a view of what belongs to another gallery, whose media may have another audience.
    pub(super) fn of_gallery<T>(&mut self, id: GalleryId, view: impl FnOnce(&mut Self) -> T) -> T {
        let audience = std::mem::replace(&mut self.audience, Audiences::of_media(self.site, Some(id)));
        let made = view(self);
        self.audience = audience;
        made
    }

    /// A gallery.
    pub(super) fn gallery(&self, id: GalleryId) -> &'a Gallery {
        &self.site.galleries[id.index()]
    }

    /// A link to a file of the output.
    pub(super) fn link(&self, path: &OutputPath) -> String {
        // A comma at the end of a URL would end a candidate of a `srcset`.
        path.url_from(self.folder).replace(',', "%2C")
    }

    /// A link to the site's own style sheet or script. What follows the `?` changes with the content, so that no browser
    /// shows an old one.
    pub(super) fn custom_link(&self, id: AttachmentId) -> String {
        let copy = self.plan.attachment(id);
        format!("{}?{}", self.link(&copy.path), copy.digest.short())
    }

    /// A link to a gallery's page.
    pub(super) fn gallery_link(&self, id: GalleryId) -> String {
        self.link(&OutputPath::page(&self.gallery(id).path))
    }

    /// A link to the light copy of this page, if there is one.
    pub(super) fn light_link(&self, kind: PageKind) -> Option<String> {
        let PageKind::Gallery(id) = kind else { return None };
        let gallery = self.gallery(id);
        gallery.light.then(|| self.link(&OutputPath::page(&gallery.light_folder())))
    }

    /// Markup of an author, whose links start from the folder of the gallery.
    pub(super) fn authored<'h>(&self, html: &'h str) -> Cow<'h, str> {
        match self.edition {
            Edition::Full => Cow::Borrowed(html),
            Edition::Light => one_folder_down(html),
        }
    }

    /// A link to the front page.
    pub(super) fn front_link(&self) -> String {
        self.link(&OutputPath::page(&SitePath::root()))
    }

    /// Whether this is the page's first picture, which the browser should fetch at once.
    pub(super) fn takes_first_picture(&mut self) -> bool {
        !std::mem::replace(&mut self.has_picture, true)
    }

    /// What is seen before a photo has loaded, as a CSS background; empty for photos that one can see through, because
    /// it would stay behind them.
    pub(super) fn backdrop(&self, photo: PhotoId) -> String {
        let transparent = self.site.photos[photo.index()].header.alpha;
        self.placeholders.photos.get(photo.index()).filter(|_| !transparent).map_or_else(String::new, gradient)
    }

    /// The same of a video's frame.
    pub(super) fn backdrop_of_video(&self, video: VideoId) -> String {
        self.placeholders.videos.get(&video).map_or_else(String::new, gradient)
    }
}

fn gradient(Placeholder(bands): &Placeholder) -> String {
    let [top, middle, bottom] = bands.map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"));
    format!("background-image: linear-gradient({top}, {middle}, {bottom});")
}
