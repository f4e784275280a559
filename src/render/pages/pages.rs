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
use crate::plan::{Edition, FeedKind, Listing, OutputPath, PageKind, Plan, PlannedPage};
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
    let files = |theme| ThemeFiles::new(theme, templates(theme).style, templates(theme).script);
    let assets = Assets::new(Theme::ALL.map(files).into());
    let sources = Sources { site, plan, overrides, placeholders };
    let mut sheets = Vec::new();
    let mut used = BTreeSet::new();
    let mut pages = Vec::with_capacity(plan.pages.len() + plan.listings.len());
    for page in &plan.pages {
        let rendered = render_page(sources, &assets, keys, page);
        used.insert(rendered.theme);
        pages.push(rendered.file);
        sheets.extend(rendered.sheet);
    }
    pages.extend(plan.listings.iter().map(|&listing| listing_file(sources, listing)));
    let mut files = assets.into_files(&used, !site.passwords().is_empty());
    files.append(&mut sheets);
    Pages { assets: files, pages }
}

struct RenderedPage {
    file: PageFile,
    /// The page's own style sheet.
    sheet: Option<PageFile>,
    theme: Theme,
}

fn render_page(sources: Sources<'_>, assets: &Assets, keys: &Keyring, page: &PlannedPage) -> RenderedPage {
    let folder = page.path.folder();
    let written = sources.overrides.page(page.kind.gallery());
    let whole = written.and_then(|written| written.whole.as_ref()).filter(|_| page.edition == Edition::Full);
    let theme = theme(sources.site, page, whole);
    let print = templates(theme);
    let mut context = Context::new(sources, page, &folder, theme, print.look, written::part);
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
    let mut view = PageView::new(&context, assets, &about, sheet.as_ref().map(|file| &file.path), body);
    if !theme.is_plain() {
        written::frame(&mut context, &mut view);
    }
    let text = filled.map_or_else(|| (print.page)(&view), |filled| filled.finish(&view));
    RenderedPage { file: published(&context, assets, keys, &page.path, text, &css), sheet, theme }
}

/// Returns a page as published: encrypted if it is protected.
fn published(
    context: &Context<'_>,
    assets: &Assets,
    keys: &Keyring,
    path: &OutputPath,
    text: String,
    css: &str,
) -> PageFile {
    match context.password {
        Some(password) => locked::page(context, assets, keys.lock(password), path, &text, css),
        None => PageFile { path: path.clone(), bytes: text.into_bytes() },
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

fn listing_file(sources: Sources<'_>, listing: Listing) -> PageFile {
    let Sources { site, plan, overrides, .. } = sources;
    let text = match (listing, &overrides.feed) {
        (Listing::Feed(FeedKind::Rss), Some(feed)) => feed.clone(),
        (Listing::Feed(kind), _) => feeds::feed(site, plan, kind),
        (Listing::Sitemap, _) => feeds::sitemap(site, plan),
    };
    PageFile { path: listing.path(), bytes: text.into_bytes() }
}
