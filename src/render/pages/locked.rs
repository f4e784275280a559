//! Protected pages: the published page asks for the password and contains the encrypted page.

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::assets::Assets;
use super::context::Context;
use super::page_file::PageFile;
use crate::lock::{Lock, ROUNDS};
use crate::plan::OutputPath;
use crate::source::Theme;

/// The page that is published in place of a protected page.
#[derive(Debug, Template)]
#[template(path = "locked.html")]
struct LockedView {
    language: String,
    /// Title of the site, unless the whole site is protected.
    title: Option<String>,
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
