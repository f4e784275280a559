//! Protected pages: the published page asks for the password and contains the encrypted page.

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::assets::Assets;
use super::context::Context;
use super::page_file::PageFile;
use super::views::{BackView, window_title};
use crate::lock::{Lock, ROUNDS};
use crate::plan::PlannedPage;
use crate::site::{Gallery, GalleryId, Site};
use crate::source::Theme;

/// The page that is published in place of a protected page.
#[derive(Debug, Template)]
#[template(path = "locked.html")]
struct LockedView<'a> {
    language: &'a str,
    /// The title of the gallery, if a page that everybody can read shows it; or that of the site.
    title: Option<String>,
    /// The same for the window, with the title of the site.
    window: Option<String>,
    /// The nearest page above that everybody can read.
    back: Option<BackView<'a>>,
    licence_name: &'a str,
    licence_url: &'a str,
    style: String,
    early: String,
    script: String,
    icon: String,
    salt: String,
    rounds: u32,
    /// Path of the page in the output; the content can be decrypted only with this path.
    place: String,
    /// Nonce, ciphertext and tag, in Base64.
    content: String,
}

/// Encrypts a page. The rules of its own style sheet, `css`, are encrypted as well, because they reveal the colours of its pictures.
pub(super) fn page(
    context: &Context<'_>,
    assets: &Assets,
    lock: &Lock,
    page: &PlannedPage,
    html: &str,
    css: &str,
) -> PageFile {
    let site = context.site;
    let content = serde_json::json!({ "html": html, "css": css }).to_string();
    let path = page.path.to_string();
    let locked = lock.lock_page(&path, content.as_bytes());
    let is_open = site.password.is_none();
    let gallery = page.kind.gallery().map(|id| &site.galleries[id.index()]);
    let named = gallery.filter(|gallery| is_listed(site, gallery)).map(|gallery| &gallery.title);
    let view = LockedView {
        language: gallery.map_or(&site.language, |gallery| &gallery.language).as_str(),
        window: is_open.then(|| window_title(named, site)),
        title: is_open.then(|| named.unwrap_or(&site.title).plain()),
        back: gallery.filter(|_| is_open).map(|gallery| BackView::to(context, open_above(site, gallery))),
        licence_name: if is_open { site.licence.name.html().trim() } else { "" },
        licence_url: site.licence.url.trim(),
        style: context.link(assets.style(Theme::default())),
        early: context.link(&assets.early.path),
        script: context.link(&assets.unlock.path),
        icon: context.link(&assets.icon.path),
        salt: STANDARD.encode(lock.salt().bytes()),
        rounds: ROUNDS,
        place: path,
        content: STANDARD.encode(locked),
    };
    PageFile { path: page.path.clone(), bytes: view.to_string().into_bytes() }
}

/// Whether a page that everybody can read shows the title of a gallery.
fn is_listed(site: &Site, gallery: &Gallery) -> bool {
    gallery.public && gallery.parent.map_or(site.password.is_none(), |parent| is_open(site, parent))
}

/// Returns the nearest gallery around another one that everybody can read; `None` for the front page.
fn open_above(site: &Site, gallery: &Gallery) -> Option<GalleryId> {
    let mut above = gallery.parent;
    while let Some(id) = above.filter(|id| !is_open(site, *id)) {
        above = site.galleries[id.index()].parent;
    }
    above
}

fn is_open(site: &Site, id: GalleryId) -> bool {
    site.galleries[id.index()].password.is_none()
}
