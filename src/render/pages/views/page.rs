//! What surrounds every page: its head, and the footer.

use askama::Template;

use crate::plan::OutputPath;
use crate::render::pages::assets::Assets;
use crate::render::pages::context::Context;
use crate::site::Fragment;

/// A whole page.
#[derive(Debug, Template)]
#[template(path = "exposure/page.html")]
pub(in crate::render::pages) struct PageView<'a> {
    language: &'a str,
    /// Of the window: plain text.
    title: String,
    /// Plain text; may be empty.
    description: String,
    /// Whether search engines may list the page.
    listed: bool,
    style: String,
    early: String,
    script: String,
    icon: String,
    /// The page's own style sheet.
    sheet: Option<String>,
    /// Whether pictures open at full size.
    zooms: bool,
    licence_name: &'a str,
    licence_url: &'a str,
    /// What was rendered first, because it fills the page's style sheet.
    body: String,
}

/// What a page says about itself.
#[derive(Debug)]
pub(in crate::render::pages) struct About<'a> {
    /// Language.
    pub(in crate::render::pages) language: &'a str,
    /// Title of the page, if it has one apart from the site's.
    pub(in crate::render::pages) title: Option<&'a Fragment>,
    /// Description; may be empty.
    pub(in crate::render::pages) description: &'a Fragment,
    /// Whether search engines may list it.
    pub(in crate::render::pages) listed: bool,
}

impl<'a> PageView<'a> {
    /// The page around `body`; its own style sheet, if it has one, is published at `sheet`.
    pub(in crate::render::pages) fn new(
        context: &Context<'a>,
        assets: &Assets,
        about: &About<'a>,
        sheet: Option<&OutputPath>,
        body: String,
    ) -> Self {
        let site = context.site;
        let title = match about.title.map(Fragment::plain) {
            Some(title) if !title.trim().is_empty() => format!("{title} · {}", site.title.plain()),
            _ => site.title.plain(),
        };
        Self {
            language: about.language,
            title,
            description: about.description.plain(),
            listed: about.listed,
            style: context.link(&assets.style.path),
            early: context.link(&assets.early.path),
            script: context.link(&assets.script.path),
            icon: context.link(&assets.icon.path),
            sheet: sheet.map(|path| context.link(path)),
            zooms: context.zoomable > 0,
            licence_name: site.licence.name.html().trim(),
            licence_url: site.licence.url.trim(),
            body,
        }
    }
}
