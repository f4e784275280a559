//! Protected pages: the page that is published asks for the password, and holds the other one encrypted.

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::assets::Assets;
use super::context::Context;
use super::page_file::PageFile;
use crate::lock::{Lock, ROUNDS};
use crate::plan::OutputPath;
use crate::source::Theme;

/// The page that is published.
#[derive(Debug, Template)]
#[template(path = "locked.html")]
struct LockedView {
    language: String,
    /// The site's, where everybody may know it.
    title: Option<String>,
    style: String,
    early: String,
    script: String,
    icon: String,
    salt: String,
    rounds: u32,
    /// Where in the site the page lies; it opens nowhere else.
    place: String,
    /// Nonce, ciphertext and tag, in Base64.
    content: String,
}

/// Encrypts a page. `css` are the rules of its own style sheet, which would tell the colours of its pictures.
pub(super) fn page(
    context: &Context<'_>,
    assets: &Assets,
    lock: &Lock,
    path: &OutputPath,
    html: &str,
    css: &str,
) -> PageFile {
    let site = context.site;
    let content = serde_json::json!({ "html": html, "css": css }).to_string();
    let locked = lock.lock_page(&path.to_string(), content.as_bytes());
    let view = LockedView {
        language: site.language.clone(),
        title: site.password.is_none().then(|| site.title.plain()),
        style: context.link(assets.style(Theme::default())),
        early: context.link(&assets.early.path),
        script: context.link(&assets.unlock.path),
        icon: context.link(&assets.icon.path),
        salt: STANDARD.encode(lock.salt().bytes()),
        rounds: ROUNDS,
        place: path.to_string(),
        content: STANDARD.encode(locked),
    };
    PageFile { path: path.clone(), bytes: view.to_string().into_bytes() }
}
