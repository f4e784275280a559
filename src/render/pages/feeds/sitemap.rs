//! The sitemap (protocol 0.9), with the covers of galleries (image sitemaps 1.1).

use askama::Template;

use crate::plan::{Edition, OutputPath, PageKind, Plan, is_in_sitemap};
use crate::render::pages::preview::{Preview, preview};
use crate::site::Site;

#[derive(Debug, Template)]
#[template(path = "feeds/sitemap.xml")]
struct Sitemap {
    pages: Vec<SitemapPage>,
}

#[derive(Debug)]
struct SitemapPage {
    address: String,
    cover: Option<Preview>,
}

/// Writes all pages that are open and reachable. There is no `lastmod`: the date of a story is that of its pictures, not of its last
/// change.
pub(super) fn write(site: &Site, plan: &Plan) -> String {
    let pages = plan.pages.iter().filter(|page| page.edition == Edition::Full).filter_map(|page| {
        let (listed, cover) = match page.kind {
            PageKind::Front => (true, None),
            PageKind::Gallery(id) => (is_in_sitemap(site, id), preview(site, plan, &site.galleries[id.index()])),
        };
        let address = site.address(&OutputPath::url(&page.path))?;
        listed.then_some(SitemapPage { address, cover })
    });
    Sitemap { pages: pages.collect() }.to_string()
}
