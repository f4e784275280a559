//! The sitemap (protocol 0.9), with the covers of stories (image sitemaps 1.1).

use askama::Template;

use crate::plan::{Edition, OutputPath, PageKind, Plan};
use crate::render::pages::preview::{Preview, preview};
use crate::site::{Body, GalleryId, Site};

#[derive(Debug, Template)]
#[template(path = "feeds/sitemap.xml")]
struct Sitemap {
    pages: Vec<Page>,
}

#[derive(Debug)]
struct Page {
    address: String,
    cover: Option<Preview>,
}

/// All pages that everybody may read and find. The day of a story is that of its pictures, not of its last change, so there is no `lastmod`.
pub(super) fn write(site: &Site, plan: &Plan) -> String {
    let pages = plan.pages.iter().filter(|page| page.edition == Edition::Full).filter_map(|page| {
        let (listed, cover) = match page.kind {
            PageKind::Front => (true, None),
            PageKind::Gallery(id) => (is_listed(site, id), preview(site, plan, &site.galleries[id.index()])),
        };
        let address = site.address(&OutputPath::url(&page.path))?;
        listed.then_some(Page { address, cover })
    });
    Sitemap { pages: pages.collect() }.to_string()
}

/// A static page is kept out of indexes by `public: false` and reached by the menu: no secret. What is inside something private, is.
fn is_listed(site: &Site, id: GalleryId) -> bool {
    let gallery = &site.galleries[id.index()];
    let found = gallery.public || matches!(gallery.body, Body::Static(_));
    gallery.password.is_none() && found && site.lineage(id).skip(1).all(|outer| outer.public)
}
