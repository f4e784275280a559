//! Pages, and parts of pages, that templates of the site printed: their gaps are filled with what cimaise prints.

use super::context::Context;
use super::themes::{self, templates};
use super::views::{MenuView, PageView, SectionView, ShareView};
use crate::overrides::{Html, Piece};

/// A part of a page, or a page, as far as it does not depend on what else the page holds. `body` stands between head and footer.
fn inner(context: &mut Context<'_>, piece: &Piece, body: &str) -> Option<String> {
    match piece {
        Piece::Text(text) => Some(context.authored(text).into_owned()),
        Piece::Body => Some(body.to_owned()),
        Piece::Menu => Some(MenuView::own(context).to_string()),
        Piece::Share => {
            Some(context.story.map_or_else(String::new, |story| ShareView::own(context, story).to_string()))
        }
        Piece::Section(at) => {
            let section = context.sections.get(*at)?;
            let section = SectionView::own(context, section, false);
            Some((templates(context.theme).section)(&section))
        }
        Piece::Attributes | Piece::Title | Piece::Head | Piece::Meta | Piece::Footer | Piece::End => None,
    }
}

/// A part that stands in the body of a page.
pub(super) fn part(context: &mut Context<'_>, html: &Html) -> String {
    html.pieces.iter().filter_map(|piece| inner(context, piece, "")).collect()
}

/// Prints the parts around the body for which the site has templates.
pub(super) fn frame(context: &mut Context<'_>, page: &mut PageView<'_>) {
    let Some(parts) = context.written else { return };
    page.meta_written = parts.meta.as_ref().map(|html| around(context, html, page));
    page.footer_written = parts.footer.as_ref().map(|html| around(context, html, page));
}

/// A part that stands around the body.
fn around(context: &mut Context<'_>, html: &Html, page: &PageView<'_>) -> String {
    let pieces = html.pieces.iter();
    pieces.filter_map(|piece| inner(context, piece, "").or_else(|| themes::part(page, piece))).collect()
}

/// A whole page whose gaps of the first kind are filled.
#[derive(Debug)]
pub(super) struct Filled<'h>(Vec<(&'h Piece, Option<String>)>);

/// Fills what adds to the page's style sheet.
pub(super) fn fill<'h>(context: &mut Context<'_>, html: &'h Html, body: &str) -> Filled<'h> {
    Filled(html.pieces.iter().map(|piece| (piece, inner(context, piece, body))).collect())
}

impl Filled<'_> {
    /// Fills the rest, when it is known what the page holds.
    pub(super) fn finish(self, page: &PageView<'_>) -> String {
        self.0.into_iter().filter_map(|(piece, text)| text.or_else(|| themes::part(page, piece))).collect()
    }
}
