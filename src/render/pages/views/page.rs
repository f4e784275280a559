//! The frame around the body of a page: head and footer.

use super::meta::MetaView;
use crate::plan::{OutputPath, PageKind};
use crate::render::pages::assets::Assets;
use crate::render::pages::context::Context;
use crate::render::pages::language::is_right_to_left;
use crate::site::{Fragment, Site};

/// The data of a whole page.
#[derive(Debug)]
pub(in crate::render::pages) struct PageView<'a> {
    pub(in crate::render::pages) language: &'a str,
    pub(in crate::render::pages) right_to_left: bool,
    /// Title of the window, in plain text.
    pub(in crate::render::pages) title: String,
    /// Description in plain text; may be empty.
    pub(in crate::render::pages) description: String,
    /// Whether search engines may list the page.
    pub(in crate::render::pages) listed: bool,
    pub(in crate::render::pages) style: String,
    pub(in crate::render::pages) early: String,
    /// Link to the theme's script; empty if there is none.
    pub(in crate::render::pages) script: String,
    pub(in crate::render::pages) icon: String,
    /// Link to the page's own style sheet.
    pub(in crate::render::pages) sheet: Option<String>,
    /// Link to the light copy of the page.
    pub(in crate::render::pages) light: Option<String>,
    pub(in crate::render::pages) meta: MetaView,
    /// Output of the site's own template, which replaces `meta`.
    pub(in crate::render::pages) meta_written: Option<String>,
    /// Link to the site's own style sheet.
    pub(in crate::render::pages) custom_style: Option<String>,
    /// Link to the site's own script.
    pub(in crate::render::pages) custom_script: Option<String>,
    /// Whether any picture opens at full size.
    pub(in crate::render::pages) zooms: bool,
    pub(in crate::render::pages) licence_name: &'a str,
    pub(in crate::render::pages) licence_url: &'a str,
    /// Output of the site's own template, which replaces the footer.
    pub(in crate::render::pages) footer_written: Option<String>,
    /// The body as HTML. It is printed first, because that fills the page's style sheet.
    pub(in crate::render::pages) body: String,
}

/// Metadata of a page for its head.
#[derive(Debug)]
pub(in crate::render::pages) struct About<'a> {
    /// Language as a BCP 47 tag.
    pub(in crate::render::pages) language: &'a str,
    /// Title of the page; `None` for the front page.
    pub(in crate::render::pages) title: Option<&'a Fragment>,
    /// Description; may be empty.
    pub(in crate::render::pages) description: &'a Fragment,
    /// Whether search engines may list the page.
    pub(in crate::render::pages) listed: bool,
    /// The content of the page.
    pub(in crate::render::pages) kind: PageKind,
}

impl About<'_> {
    /// Returns the title of the window.
    pub(super) fn window(&self, site: &Site) -> String {
        window_title(self.title, site)
    }
}

/// Returns the title of the window of a page with this title, or of one without.
pub(in crate::render::pages) fn window_title(title: Option<&Fragment>, site: &Site) -> String {
    match title.map(Fragment::plain) {
        Some(title) if !title.trim().is_empty() => format!("{title} · {}", site.title.plain()),
        _ => site.title.plain(),
    }
}

impl<'a> PageView<'a> {
    /// Creates the frame around `body`. `sheet` is the path of the page's own style sheet, if there is one.
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
