//! What surrounds the body of every page: its head and its footer.

use super::meta::MetaView;
use crate::plan::{OutputPath, PageKind};
use crate::render::pages::assets::Assets;
use crate::render::pages::context::Context;
use crate::render::pages::language::is_right_to_left;
use crate::site::{Fragment, Site};

/// A whole page.
#[derive(Debug)]
pub(in crate::render::pages) struct PageView<'a> {
    pub(in crate::render::pages) language: &'a str,
    pub(in crate::render::pages) right_to_left: bool,
    /// Title of the window: plain text.
    pub(in crate::render::pages) title: String,
    /// Plain text; may be empty.
    pub(in crate::render::pages) description: String,
    /// Whether search engines may list the page.
    pub(in crate::render::pages) listed: bool,
    pub(in crate::render::pages) style: String,
    pub(in crate::render::pages) early: String,
    /// Script of the theme; empty if it has none.
    pub(in crate::render::pages) script: String,
    pub(in crate::render::pages) icon: String,
    /// The page's own style sheet.
    pub(in crate::render::pages) sheet: Option<String>,
    /// The light copy of the page.
    pub(in crate::render::pages) light: Option<String>,
    pub(in crate::render::pages) meta: MetaView,
    /// What the site's own template prints instead of `meta`.
    pub(in crate::render::pages) meta_written: Option<String>,
    /// The site's own style sheet.
    pub(in crate::render::pages) custom_style: Option<String>,
    /// The site's own script.
    pub(in crate::render::pages) custom_script: Option<String>,
    /// Whether pictures open at full size.
    pub(in crate::render::pages) zooms: bool,
    pub(in crate::render::pages) licence_name: &'a str,
    pub(in crate::render::pages) licence_url: &'a str,
    /// What the site's own template prints instead of the footer.
    pub(in crate::render::pages) footer_written: Option<String>,
    /// The body, which is printed first because it fills the page's style sheet.
    pub(in crate::render::pages) body: String,
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
    /// What it shows.
    pub(in crate::render::pages) kind: PageKind,
}

impl About<'_> {
    /// The title of the window.
    pub(super) fn window(&self, site: &Site) -> String {
        match self.title.map(Fragment::plain) {
            Some(title) if !title.trim().is_empty() => format!("{title} · {}", site.title.plain()),
            _ => site.title.plain(),
        }
    }
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
        Self {
            language: about.language,
            right_to_left: is_right_to_left(about.language),
            title: about.window(site),
            description: about.description.plain(),
            listed: about.listed,
            style: context.link(assets.style(context.theme)),
            early: context.link(&assets.early.path),
            script: assets.script(context.theme).map(|path| context.link(path)).unwrap_or_default(),
            icon: context.link(&assets.icon.path),
            sheet: sheet.map(|path| context.link(path)),
            light: context.light_link(about.kind),
            meta: MetaView::new(context, about.kind),
            meta_written: None,
            custom_style: site.custom_style.map(|id| context.custom_link(id)),
            custom_script: site.custom_script.map(|id| context.custom_link(id)),
            zooms: context.zoomable > 0,
            licence_name: site.licence.name.html().trim(),
            licence_url: site.licence.url.trim(),
            footer_written: None,
            body,
        }
    }
}
