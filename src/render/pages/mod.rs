//! Writing pages.
//!
//! In: a [`Site`], its [`Plan`] and the placeholders. Out: [`Pages`]: HTML, and the style sheets, scripts and icons
//! that it links to. Pure. Links only to what the plan or the pages themselves hold.
//!
//! A page works under the content security policy `default-src 'self'`: what differs from picture to picture stands
//! in a style sheet of the page's own, never in an attribute. What authors wrote as HTML is printed as it is.

mod assets;
mod context;
mod date;
mod feeds;
mod ink;
mod locked;
mod ratio;
mod sheet;
mod sizes;
mod views;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use self::assets::Assets;
use self::context::Context;
use self::views::{About, IndexView, LightView, PageView, StaticView, StoryView, fill};
use crate::lock::Keyring;
use crate::overrides::{Overrides, Piece};
use crate::plan::{Edition, FeedKind, Listing, OutputPath, PageKind, Plan};
use crate::render::media::Placeholders;
use crate::site::{Body, Site, Theme};

/// All pages of a site.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// Style sheets, scripts and icons; each name carries a hash of the content.
    pub assets: Vec<File>,
    /// The pages themselves, in the plan's order, and what lists them for programs.
    pub pages: Vec<File>,
}

/// A file with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it is published.
    pub path: OutputPath,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Writes every page of the plan; `keys` has a lock for each of its passwords. What templates of the site printed stands in place of cimaise's own.
#[must_use]
pub fn render(site: &Site, plan: &Plan, overrides: &Overrides, placeholders: &Placeholders, keys: &Keyring) -> Pages {
    let assets = Assets::new();
    let mut sheets = Vec::new();
    let mut has_light = false;
    let mut pages = Vec::with_capacity(plan.pages.len());
    for page in &plan.pages {
        let folder = page.path.folder();
        let mut context = Context::new(site, plan, placeholders, &folder, page.kind);
        context.enter(page.kind, overrides);
        context.edition = page.edition;
        let about = about(&context, page.kind);
        let whole = context.written.and_then(|written| written.whole.as_ref());
        // What a template of the site prints as a whole is in no theme.
        if page.edition == Edition::Light || (theme(site, page.kind) == Theme::Light && whole.is_none()) {
            has_light = true;
            let text = LightView::new(&mut context, &assets, &about).to_string();
            pages.push(published(&context, &assets, keys, &page.path, text, ""));
            continue;
        }
        let own = whole.is_none_or(|html| html.pieces.contains(&Piece::Body));
        let body = if own { body(&mut context, page.kind) } else { String::new() };
        let filled = whole.map(|html| fill(&mut context, html, &body));
        let sheet = std::mem::take(&mut context.sheet);
        // The rules of a protected page travel with it.
        let css = sheet.text().to_owned();
        let sheet = if context.password.is_some() { None } else { sheet.into_file(&folder) };
        let view = PageView::new(&mut context, &assets, &about, sheet.as_ref().map(|file| &file.path), body);
        let text = filled.map_or_else(|| view.to_string(), |filled| filled.finish(&view));
        pages.push(published(&context, &assets, keys, &page.path, text, &css));
        sheets.extend(sheet);
    }
    pages.extend(plan.listings.iter().map(|&listing| {
        let text = match listing {
            Listing::Feed(FeedKind::Rss) if overrides.feed.is_some() => overrides.feed.clone().unwrap_or_default(),
            Listing::Feed(kind) => feeds::feed(site, plan, kind),
            Listing::Sitemap => feeds::sitemap(site, plan),
        };
        File { path: listing.path(), bytes: text.into_bytes() }
    }));
    let mut files = assets.into_files(!site.passwords().is_empty(), has_light);
    files.append(&mut sheets);
    Pages { assets: files, pages }
}

/// A page as it is published: encrypted if it is protected.
fn published(
    context: &Context<'_>,
    assets: &Assets,
    keys: &Keyring,
    path: &OutputPath,
    text: String,
    css: &str,
) -> File {
    match context.password {
        Some(password) => locked::page(context, assets, keys.lock(password), path, &text, css),
        None => File { path: path.clone(), bytes: text.into_bytes() },
    }
}

/// In which theme a page itself is shown.
fn theme(site: &Site, kind: PageKind) -> Theme {
    match kind {
        PageKind::Front => site.theme,
        PageKind::Gallery(id) => site.galleries[id.index()].theme,
    }
}

/// What the head has to say of a page.
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
                // A static page is kept out of indexes by `public: false` and reached by the menu: no secret.
                listed: gallery.public || matches!(gallery.body, Body::Static(_)),
                kind,
            }
        }
    }
}

/// What stands between head and footer.
fn body(context: &mut Context<'_>, kind: PageKind) -> String {
    let PageKind::Gallery(id) = kind else { return IndexView::front(context).to_string() };
    let gallery = context.gallery(id);
    match &gallery.body {
        Body::Story(sections) => StoryView::new(context, id, gallery, sections).to_string(),
        Body::Static(sections) => StaticView::new(context, gallery, sections).to_string(),
        Body::Index(children) => IndexView::nested(context, gallery, children).to_string(),
    }
}
