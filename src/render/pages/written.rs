//! Fills the gaps in the output of the site's templates with cimaise's own output.

use super::context::Context;
use super::themes::{self, templates};
use super::views::{BodyView, MenuView, PageView, SectionView, ShareView};
use crate::overrides::{Html, Piece};

/// Returns the content of a gap, if it does not depend on the rest of the page. `body` is the content between head and footer.
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
            let section = BodyView::Section(SectionView::own(context, section, false));
            Some((templates(context.theme).body)(&section))
        }
        Piece::Attributes | Piece::Title | Piece::Head | Piece::Meta | Piece::Footer | Piece::End => None,
    }
}

/// Fills the gaps in a part of the body.
pub(super) fn part(context: &mut Context<'_>, html: &Html) -> String {
    html.pieces.iter().filter_map(|piece| inner(context, piece, "")).collect()
}

/// Prints the parts around the body for which the site has templates.
pub(super) fn frame(context: &mut Context<'_>, page: &mut PageView<'_>) {
    let Some(parts) = context.written else { return };
    page.meta_written = parts.meta.as_ref().map(|html| around(context, html, page));
    page.footer_written = parts.footer.as_ref().map(|html| around(context, html, page));
}

/// Fills the gaps in a part around the body.
fn around(context: &mut Context<'_>, html: &Html, page: &PageView<'_>) -> String {
    let pieces = html.pieces.iter();
    pieces.filter_map(|piece| inner(context, piece, "").or_else(|| themes::part(page, piece))).collect()
}

/// A page in which the first gaps are filled: those that do not depend on the rest of the page.
#[derive(Debug)]
pub(super) struct Filled<'h>(Vec<(&'h Piece, Option<String>)>);

/// Fills the gaps whose content adds rules to the page's style sheet.
pub(super) fn fill<'h>(context: &mut Context<'_>, html: &'h Html, body: &str) -> Filled<'h> {
    Filled(html.pieces.iter().map(|piece| (piece, inner(context, piece, body))).collect())
}

impl Filled<'_> {
    /// Fills the remaining gaps, once the rest of the page is known.
    pub(super) fn finish(self, page: &PageView<'_>) -> String {
        self.0.into_iter().filter_map(|(piece, text)| text.or_else(|| themes::part(page, piece))).collect()
    }
}
