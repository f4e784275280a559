//! What surrounds every page: its head, and the footer.

use askama::Template;

use super::meta::MetaView;
use super::written;
use crate::overrides::Piece;
use crate::plan::{OutputPath, PageKind};
use crate::render::pages::assets::Assets;
use crate::render::pages::context::Context;
use crate::site::{Fragment, Site};

/// A whole page.
#[derive(Debug, Template)]
#[template(path = "exposure/page.html", blocks = ["attributes", "title", "meta", "head", "footer", "end"])]
pub(in crate::render::pages) struct PageView<'a> {
    language: &'a str,
    right_to_left: bool,
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
    /// The light copy of the page.
    light: Option<String>,
    meta: MetaView,
    /// What the site's own template prints in place of that.
    meta_written: Option<String>,
    /// The site's own style sheet and script.
    custom_style: Option<String>,
    custom_script: Option<String>,
    /// Whether pictures open at full size.
    zooms: bool,
    licence_name: &'a str,
    licence_url: &'a str,
    /// What the site's own template prints in place of the footer.
    footer_written: Option<String>,
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
        context: &mut Context<'a>,
        assets: &Assets,
        about: &About<'a>,
        sheet: Option<&OutputPath>,
        body: String,
    ) -> Self {
        let site = context.site;
        let mut page = Self {
            language: about.language,
            right_to_left: is_right_to_left(about.language),
            title: about.window(site),
            description: about.description.plain(),
            listed: about.listed,
            style: context.link(&assets.style.path),
            early: context.link(&assets.early.path),
            script: context.link(&assets.script.path),
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
        };
        if let Some(parts) = context.written {
            page.meta_written = parts.meta.as_ref().map(|html| written::around(context, html, &page));
            page.footer_written = parts.footer.as_ref().map(|html| written::around(context, html, &page));
        }
        page
    }

    /// A part of the page, for templates of the site that print the others.
    pub(super) fn part(&self, piece: &Piece) -> Option<String> {
        Some(match piece {
            Piece::Attributes => self.as_attributes().to_string(),
            Piece::Title => self.as_title().to_string(),
            Piece::Meta => self.as_meta().to_string(),
            Piece::Head => self.as_head().to_string(),
            Piece::Footer => self.as_footer().to_string(),
            Piece::End => self.as_end().to_string(),
            Piece::Text(_) | Piece::Body | Piece::Menu | Piece::Share | Piece::Section(_) => return None,
        })
    }
}

/// Whether a language is written from right to left: told by its script if that is given, else by the language.
pub(in crate::render::pages) fn is_right_to_left(language: &str) -> bool {
    const LANGUAGES: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
    const SCRIPTS: [&str; 5] = ["adlm", "arab", "hebr", "syrc", "thaa"];
    let language = language.to_ascii_lowercase();
    let mut parts = language.split('-');
    let primary = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        Some(script) => SCRIPTS.contains(&script),
        None => LANGUAGES.contains(&primary),
    }
}

#[cfg(test)]
mod tests {
    use super::is_right_to_left;

    #[test]
    fn the_direction_follows_from_language_and_script() {
        assert!(["ar", "he-IL", "fa", "UR", "az-Arab"].into_iter().all(is_right_to_left));
        assert!(!["en", "fr-CA", "", "ku-Latn", "ug-Latn", "arn"].into_iter().any(is_right_to_left));
    }
}
