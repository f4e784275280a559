//! The inputs of a page's views, and the state that views build up: the page's style sheet and the number of its pictures.

use std::borrow::Cow;

use super::date::Words;
use super::look::Look;
use super::sheet::Sheet;
use crate::media_type::media_type;
use crate::overrides::{Html, Overrides, WrittenPage};
use crate::plan::{Audience, Audiences, Edition, OutputPath, PageKind, Plan, PlannedPage};
use crate::render::media::Placeholders;
use crate::site::{AttachmentId, Body, Gallery, GalleryId, PhotoId, Section, Site, VideoId, one_folder_down};
use crate::source::{SitePath, Theme};
use pixels::Placeholder;

/// The inputs of all pages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) site: &'a Site,
    pub(super) plan: &'a Plan,
    pub(super) overrides: &'a Overrides,
    pub(super) placeholders: &'a Placeholders,
}

/// A function that fills the gaps in a template's output for a part of the body.
pub(super) type Fill = fn(&mut Context<'_>, &Html) -> String;

/// The context in which one page is rendered.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) site: &'a Site,
    pub(super) plan: &'a Plan,
    placeholders: &'a Placeholders,
    fill: Fill,
    /// Theme of the page.
    pub(super) theme: Theme,
    /// The way in which that theme shows pictures.
    pub(super) look: &'static dyn Look,
    /// The page's folder; links are relative to it.
    pub(super) folder: &'a SitePath,
    /// The language and format of dates on the page.
    pub(super) words: Words<'a>,
    /// Password of the page.
    pub(super) password: Option<&'a str>,
    /// Audience of the media on the page.
    pub(super) audience: Audience,
    /// The page's own style sheet.
    pub(super) sheet: Sheet,
    /// Whether the page already contains a picture.
    has_picture: bool,
    /// Number of pictures that open at full size.
    pub(super) zoomable: usize,
    /// Output of the site's templates for the page.
    pub(super) written: Option<&'a WrittenPage>,
    /// Whether this is the page itself or its light copy.
    pub(super) edition: Edition,
    /// Sections of the page.
    pub(super) sections: &'a [Section],
    /// The gallery, if the page shows a story.
    pub(super) story: Option<&'a Gallery>,
}

impl<'a> Context<'a> {
    /// Creates the context of a page in this folder and theme.
    pub(super) fn new(
        sources: Sources<'a>,
        page: &PlannedPage,
        folder: &'a SitePath,
        theme: Theme,
        look: &'static dyn Look,
        fill: Fill,
    ) -> Self {
        let Sources { site, plan, overrides, placeholders } = sources;
        let id = page.kind.gallery();
        let gallery = id.map(|id| &site.galleries[id.index()]);
        let (sections, story): (&[Section], _) = match gallery.map(|gallery| &gallery.body) {
            Some(Body::Story(sections)) => (sections, gallery),
            Some(Body::Static(sections)) => (sections, None),
            Some(Body::Index(_)) | None => (&[], None),
        };
        let words = match gallery {
            None => Words { locale: &site.dates, page: &site.language },
            Some(gallery) => Words { locale: &gallery.dates, page: &gallery.language },
        };
        Self {
            site,
            plan,
            placeholders,
            fill,
            theme,
            look,
            folder,
            words,
            password: gallery.map_or(&site.password, |gallery| &gallery.password).as_deref(),
            audience: Audiences::of_media(site, id),
            sheet: Sheet::default(),
            has_picture: false,
            zoomable: 0,
            written: overrides.page(id),
            edition: page.edition,
            sections,
            story,
        }
    }

    /// Returns a template's output for a part of the body, with its gaps filled.
    pub(super) fn filled(&mut self, html: &Html) -> String {
        (self.fill)(self, html)
    }

    /// Returns the link to a photo, video or sound at the plan's `path`. The fragment of a link to an encrypted file is the media type.
    pub(super) fn media(&self, path: &OutputPath) -> String {
        let place = self.plan.audiences.place(path, self.audience).unwrap_or(path);
        match self.audience {
            Audience::Everybody => self.link(place),
            Audience::Holders(_) => format!("{}#{}", self.link(place), media_type(path.as_path().extension())),
        }
    }

    /// Whether this page may show the cover of a gallery: only if the gallery is open, or has the same password as the page.
    pub(super) fn may_show(&self, gallery: &Gallery) -> bool {
        gallery.password.is_none() || gallery.password.as_deref() == self.password
    }

    /// Creates a view of another gallery, whose media may have another audience.
    pub(super) fn of_gallery<T>(&mut self, id: GalleryId, view: impl FnOnce(&mut Self) -> T) -> T {
        let audience = std::mem::replace(&mut self.audience, Audiences::of_media(self.site, Some(id)));
        let made = view(self);
        self.audience = audience;
        made
    }

    /// Returns a gallery.
    pub(super) fn gallery(&self, id: GalleryId) -> &'a Gallery {
        &self.site.galleries[id.index()]
    }

    /// Returns the link to a file of the output.
    pub(super) fn link(&self, path: &OutputPath) -> String {
        // A comma at the end of a URL would end a candidate in `srcset`.
        path.url_from(self.folder).replace(',', "%2C")
    }

    /// Returns the link to the site's own style sheet or script. The query changes with the content, so that browsers do not use an old
    /// version.
    pub(super) fn custom_link(&self, id: AttachmentId) -> String {
        let copy = self.plan.attachment(id);
        format!("{}?{}", self.link(&copy.path), copy.digest.short())
    }

    /// Returns the link to a gallery's page.
    pub(super) fn gallery_link(&self, id: GalleryId) -> String {
        self.link(&OutputPath::page(&self.gallery(id).path))
    }

    /// Returns the link to the light copy of this page, if there is one.
    pub(super) fn light_link(&self, kind: PageKind) -> Option<String> {
        let PageKind::Gallery(id) = kind else { return None };
        let gallery = self.gallery(id);
        gallery.light.then(|| self.link(&OutputPath::page(&gallery.light_folder())))
    }

    /// Returns an author's markup for this page. Links in the markup are relative to the gallery's folder, so a light copy adapts them.
    pub(super) fn authored<'h>(&self, html: &'h str) -> Cow<'h, str> {
        match self.edition {
            Edition::Full => Cow::Borrowed(html),
            Edition::Light => one_folder_down(html),
        }
    }

    /// Returns the link to the front page.
    pub(super) fn front_link(&self) -> String {
        self.link(&OutputPath::page(&SitePath::root()))
    }

    /// Whether this is the first picture of the page, which the browser should fetch immediately. Marks the first picture as taken.
    pub(super) fn takes_first_picture(&mut self) -> bool {
        !std::mem::replace(&mut self.has_picture, true)
    }

    /// Returns a photo's placeholder as a CSS background; empty for transparent photos, behind which it would remain visible.
    pub(super) fn backdrop(&self, photo: PhotoId) -> String {
        let transparent = self.site.photos[photo.index()].header.alpha;
        self.placeholders.photos.get(&photo).filter(|_| !transparent).map_or_else(String::new, gradient)
    }

    /// Returns the placeholder of a video's frame as a CSS background.
    pub(super) fn backdrop_of_video(&self, video: VideoId) -> String {
        self.placeholders.videos.get(&video).map_or_else(String::new, gradient)
    }
}

fn gradient(Placeholder(bands): &Placeholder) -> String {
    let [top, middle, bottom] = bands.map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"));
    format!("background-image: linear-gradient({top}, {middle}, {bottom});")
}
