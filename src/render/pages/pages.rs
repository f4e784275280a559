//! Renders all pages of a site.

use std::collections::BTreeSet;

use super::assets::{Assets, ThemeFiles};
use super::context::{Context, Sources};
use super::page_file::PageFile;
use super::themes::templates;
use super::views::{About, BodyView, PageView};
use super::{feeds, locked, written};
use crate::lock::Keyring;
use crate::overrides::{Html, Overrides, Piece};
use crate::plan::{Edition, FeedKind, Listing, PageKind, Plan, PlannedPage};
use crate::render::media::Placeholders;
use crate::site::{Body, Site};
use crate::source::Theme;

/// All pages of a site.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// Style sheets, scripts and icons; each name contains a hash of the content.
    pub assets: Vec<PageFile>,
    /// Pages in the plan's order, then feeds and the sitemap.
    pub pages: Vec<PageFile>,
}

/// Renders every page of the plan. The output of the site's templates replaces cimaise's own.
///
/// `keys` must contain a lock for each password of the site.
#[must_use]
pub fn render(site: &Site, plan: &Plan, overrides: &Overrides, placeholders: &Placeholders, keys: &Keyring) -> Pages {
    let renderer = PageRenderer::new(site, plan, overrides, placeholders, keys);
    let mut sheets = Vec::new();
    let mut used = BTreeSet::new();
    let mut pages = Vec::with_capacity(plan.pages.len() + plan.listings.len());
    for page in &plan.pages {
        let rendered = renderer.page(page);
        used.insert(rendered.theme);
        pages.push(rendered.file);
        sheets.extend(rendered.sheet);
    }
    pages.extend(plan.listings.iter().map(|&listing| renderer.listing(listing)));
    let mut files = renderer.assets.into_files(&used, !site.passwords().is_empty());
    files.append(&mut sheets);
    Pages { assets: files, pages }
}

/// Returns the files that pages share, for all themes.
#[must_use]
pub fn shared_files() -> Vec<PageFile> {
    assets().into_files(&Theme::ALL.into(), true)
}

fn assets() -> Assets {
    let files = |theme| ThemeFiles::new(theme, templates(theme).style, templates(theme).script);
    Assets::new(Theme::ALL.map(files).into())
}

/// Renders single pages.
pub struct PageRenderer<'a> {
    sources: Sources<'a>,
    assets: Assets,
    keys: &'a Keyring,
}

/// A page with the files that belong to it alone.
#[derive(Debug)]
pub struct RenderedPage {
    /// The page.
    pub file: PageFile,
    /// The page's own style sheet.
    pub sheet: Option<PageFile>,
    theme: Theme,
}

impl<'a> PageRenderer<'a> {
    /// Creates a renderer for the pages of a plan. `keys` must contain a lock for each password of the site.
    #[must_use]
    pub fn new(
        site: &'a Site,
        plan: &'a Plan,
        overrides: &'a Overrides,
        placeholders: &'a Placeholders,
        keys: &'a Keyring,
    ) -> Self {
        Self { sources: Sources { site, plan, overrides, placeholders }, assets: assets(), keys }
    }

    /// Renders a page of the plan.
    #[must_use]
    pub fn page(&self, page: &PlannedPage) -> RenderedPage {
        let folder = page.path.folder();
        let written = self.sources.overrides.page(page.kind.gallery());
        let whole = written.and_then(|written| written.whole.as_ref()).filter(|_| page.edition == Edition::Full);
        let theme = theme(self.sources.site, page, whole);
        let print = templates(theme);
        let mut context = Context::new(self.sources, page, &folder, theme, print.look, written::part);
        let about = about(&context, page.kind);
        let own = whole.is_none_or(|html| html.pieces.contains(&Piece::Body));
        let body = if own { (print.body)(&BodyView::new(&mut context, page.kind)) } else { String::new() };
        let filled = whole.map(|html| written::fill(&mut context, html, &body));
        // Views fill the style sheet in every theme, but pages in a plain theme do not have one.
        let sheet = std::mem::take(&mut context.sheet);
        let sheet = if theme.is_plain() { Default::default() } else { sheet };
        // The rules of a protected page are encrypted together with the page.
        let css = sheet.text().to_owned();
        let sheet = if context.password.is_some() { None } else { sheet.into_file(&folder) };
        let mut view = PageView::new(&context, &self.assets, &about, sheet.as_ref().map(|file| &file.path), body);
        if !theme.is_plain() {
            written::frame(&mut context, &mut view);
        }
        let text = filled.map_or_else(|| (print.page)(&view), |filled| filled.finish(&view));
        RenderedPage { file: self.published(&context, page, text, &css), sheet, theme }
    }

    /// Renders a feed or the sitemap.
    #[must_use]
    pub fn listing(&self, listing: Listing) -> PageFile {
        let Sources { site, plan, overrides, .. } = self.sources;
        let text = match (listing, &overrides.feed) {
            (Listing::Feed(FeedKind::Rss), Some(feed)) => feed.clone(),
            (Listing::Feed(kind), _) => feeds::feed(site, plan, kind),
            (Listing::Sitemap, _) => feeds::sitemap(site, plan),
        };
        PageFile { path: listing.path(), bytes: text.into_bytes() }
    }

    /// Returns a page as published: encrypted if it is protected.
    fn published(&self, context: &Context<'_>, page: &PlannedPage, text: String, css: &str) -> PageFile {
        match context.password {
            Some(password) => locked::page(context, &self.assets, self.keys.lock(password), page, &text, css),
            None => PageFile { path: page.path.clone(), bytes: text.into_bytes() },
        }
    }
}

/// Returns the theme of a page. If a template of the site prints the whole page (`whole`), only head and footer come from a theme.
fn theme(site: &Site, page: &PlannedPage, whole: Option<&Html>) -> Theme {
    match (page.edition, page.kind) {
        (Edition::Light, _) => Theme::COPIES,
        (Edition::Full, _) if whole.is_some() => Theme::default(),
        (Edition::Full, PageKind::Front) => site.theme,
        (Edition::Full, PageKind::Gallery(id)) => site.galleries[id.index()].theme,
    }
}

/// Returns the metadata for the head of a page.
fn about<'a>(context: &Context<'a>, kind: PageKind) -> About<'a> {
    let site = context.site;
    match kind {
        PageKind::Front => {
            About { language: &site.language, title: None, description: &site.sub_title, listed: true, kind }
        }
        PageKind::Gallery(id) => {
            let gallery = context.gallery(id);
            About {
                language: &gallery.language,
                title: Some(&gallery.title),
                description: &gallery.description,
                // `public: false` keeps a static page out of indexes, but the menu links to it, so it is not secret.
                listed: gallery.public || matches!(gallery.body, Body::Static(_)),
                kind,
            }
        }
    }
}
