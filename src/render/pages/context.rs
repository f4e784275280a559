//! What a page's views are made from, and what they leave behind: the page's style sheet and the count of its pictures.

use super::sheet::Sheet;
use crate::image::Placeholder;
use crate::plan::{OutputPath, Plan};
use crate::render::media::Placeholders;
use crate::site::{ClipId, Gallery, GalleryId, PhotoId, Site};
use crate::source::SitePath;

/// One page in the making.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) site: &'a Site,
    pub(super) plan: &'a Plan,
    placeholders: &'a Placeholders,
    /// The page's folder, from which every link starts.
    pub(super) folder: &'a SitePath,
    /// The page's own style sheet.
    pub(super) sheet: Sheet,
    /// Whether a picture stands on the page already.
    has_picture: bool,
    /// How many pictures open at full size.
    pub(super) zoomable: usize,
}

impl<'a> Context<'a> {
    /// A page in this folder.
    pub(super) fn new(site: &'a Site, plan: &'a Plan, placeholders: &'a Placeholders, folder: &'a SitePath) -> Self {
        Self { site, plan, placeholders, folder, sheet: Sheet::default(), has_picture: false, zoomable: 0 }
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

    /// A link to a gallery's page.
    pub(super) fn gallery_link(&self, id: GalleryId) -> String {
        self.link(&OutputPath::page(&self.gallery(id).path))
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
    pub(super) fn backdrop_of_clip(&self, clip: ClipId) -> String {
        self.placeholders.clips.get(&clip).map_or_else(String::new, gradient)
    }
}

fn gradient(Placeholder(bands): &Placeholder) -> String {
    let [top, middle, bottom] = bands.map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"));
    format!("background-image: linear-gradient({top}, {middle}, {bottom});")
}
