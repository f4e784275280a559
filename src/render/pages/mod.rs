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
use self::views::{About, IndexView, PageView, StaticView, StoryView};
use crate::lock::Keyring;
use crate::plan::{Listing, OutputPath, PageKind, Plan};
use crate::render::media::Placeholders;
use crate::site::{Body, Site};

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

/// Writes every page of the plan; `keys` has a lock for each of its passwords.
#[must_use]
pub fn render(site: &Site, plan: &Plan, placeholders: &Placeholders, keys: &Keyring) -> Pages {
    let assets = Assets::new();
    let mut sheets = Vec::new();
    let mut pages = Vec::with_capacity(plan.pages.len());
    for page in &plan.pages {
        let folder = page.path.folder();
        let mut context = Context::new(site, plan, placeholders, &folder, page.kind);
        let (about, body) = compose(&mut context, page.kind);
        let sheet = std::mem::take(&mut context.sheet);
        if let Some(password) = context.password {
            let html = PageView::new(&context, &assets, &about, None, body).to_string();
            let lock = keys.lock(password);
            pages.push(locked::page(&context, &assets, lock, &page.path, &html, sheet.text()));
            continue;
        }
        let sheet = sheet.into_file(&folder);
        let view = PageView::new(&context, &assets, &about, sheet.as_ref().map(|file| &file.path), body);
        pages.push(File { path: page.path.clone(), bytes: view.to_string().into_bytes() });
        sheets.extend(sheet);
    }
    pages.extend(plan.listings.iter().map(|&listing| {
        let text = match listing {
            Listing::Feed(kind) => feeds::feed(site, plan, kind),
            Listing::Sitemap => feeds::sitemap(site, plan),
        };
        File { path: listing.path(), bytes: text.into_bytes() }
    }));
    let mut files = assets.into_files(!site.passwords().is_empty());
    files.append(&mut sheets);
    Pages { assets: files, pages }
}

/// What stands between head and footer, and what the head has to say of it.
fn compose<'a>(context: &mut Context<'a>, kind: PageKind) -> (About<'a>, String) {
    let site = context.site;
    match kind {
        PageKind::Front => {
            let about =
                About { language: &site.language, title: None, description: &site.sub_title, listed: true, kind };
            (about, IndexView::front(context).to_string())
        }
        PageKind::Gallery(id) => {
            let gallery = context.gallery(id);
            let about = About {
                language: &gallery.language,
                title: Some(&gallery.title),
                description: &gallery.description,
                // A static page is kept out of indexes by `public: false` and reached by the menu: no secret.
                listed: gallery.public || matches!(gallery.body, Body::Static(_)),
                kind,
            };
            let body = match &gallery.body {
                Body::Story(sections) => StoryView::new(context, id, gallery, sections).to_string(),
                Body::Static(sections) => StaticView::new(context, gallery, sections).to_string(),
                Body::Index(children) => IndexView::nested(context, gallery, children).to_string(),
            };
            (about, body)
        }
    }
}
