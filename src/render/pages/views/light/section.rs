//! The sections of a story, plainly.

use std::borrow::Cow;

use askama::Template;

use super::image::{COLUMN, FigureView, IN_COLUMN, IN_GROUP, ImageView, PANORAMA, SMALL};
use crate::overrides::{Html, Piece};
use crate::render::pages::context::Context;
use crate::render::pages::views::overlay::OverlayView;
use crate::site::{Section, SectionKind};

/// A section.
#[derive(Debug, Template)]
#[template(path = "light/section.html")]
pub(super) struct SectionView<'a> {
    kind: Kind<'a>,
}

#[derive(Debug)]
enum Kind<'a> {
    /// A picture alone, with what is written over it in other themes.
    Picture { figure: FigureView<'a>, overlay: Option<OverlayView<'a>> },
    /// Several pictures.
    Group { figures: Vec<FigureView<'a>> },
    /// Text with a title, a line, or neither before it.
    Words { title: Cow<'a, str>, line: bool, figure: Option<FigureView<'a>>, text: Cow<'a, str> },
    /// A quotation.
    Quote { text: Cow<'a, str> },
    /// Something embedded.
    Frame { markup: Cow<'a, str> },
    /// A picture to scroll through.
    Strip { label: String, figure: FigureView<'a>, caption: Cow<'a, str> },
    /// A sound.
    Sound { title: Cow<'a, str>, label: String, src: String },
    /// Who took the pictures.
    Author { name: Cow<'a, str>, portrait: ImageView, text: Cow<'a, str>, links: &'a [(String, String)] },
    /// What a template of the site printed.
    Written { html: String },
}

impl<'a> SectionView<'a> {
    /// All of a page; `first_heads` if the text of the first stands in the header.
    pub(super) fn all(context: &Context<'a>, sections: &'a [Section], first_heads: bool) -> Vec<Self> {
        let view = |(at, section)| match context.written.and_then(|parts| parts.sections.get(&at)) {
            Some(html) => Self { kind: Kind::Written { html: written(context, html) } },
            None => Self::own(context, section, first_heads && at == 0),
        };
        sections.iter().enumerate().map(view).collect()
    }

    fn own(context: &Context<'a>, section: &'a Section, heads_page: bool) -> Self {
        let text = |fragment: &'a crate::site::Fragment| context.authored(fragment.html().trim());
        let words = |title, line, figure, text| Kind::Words { title, line, figure, text };
        let kind = match &section.kind {
            SectionKind::FullPicture { media, overlay, .. } => Kind::Picture {
                figure: FigureView::new(context, media, IN_COLUMN),
                overlay: overlay
                    .as_ref()
                    .filter(|_| !heads_page)
                    .and_then(|overlay| OverlayView::new(overlay, context.words, false)),
            },
            SectionKind::BorderedPicture { media } => {
                Kind::Picture { figure: FigureView::new(context, media, IN_COLUMN), overlay: None }
            }
            SectionKind::PicturesGroup { rows } => {
                let figure = |media| FigureView::new(context, media, IN_GROUP);
                Kind::Group { figures: rows.iter().flatten().map(figure).collect() }
            }
            SectionKind::Text { text: words_of } => words(Cow::Borrowed(""), false, None, text(words_of)),
            SectionKind::Html { html } => words(Cow::Borrowed(""), false, None, text(html)),
            SectionKind::Paragraph { title, text: words_of, image } => {
                let figure = image.as_ref().map(|aside| FigureView::new(context, &aside.media, IN_COLUMN));
                words(text(title), title.html().trim().is_empty(), figure, text(words_of))
            }
            SectionKind::Quote { text: words_of } => Kind::Quote { text: text(words_of) },
            SectionKind::Iframe { markup } => Kind::Frame { markup: text(markup) },
            SectionKind::Panorama { picture } => Kind::Strip {
                label: match picture.told.trim() {
                    "" => "Panorama".to_owned(),
                    told => format!("Panorama: {told}"),
                },
                figure: FigureView::photo(context, picture, PANORAMA, "1920px"),
                caption: text(&picture.caption),
            },
            SectionKind::Audio { sound, title } => {
                Kind::Sound { title: text(title), label: title.plain(), src: context.media(context.plan.sound(*sound)) }
            }
            SectionKind::Author { name, portrait, text: words_of, links } => Kind::Author {
                name: text(name),
                portrait: ImageView::photo(context, portrait, COLUMN, SMALL),
                text: text(words_of),
                links,
            },
            // Only templates of the site print these.
            SectionKind::Custom => Kind::Written { html: String::new() },
        };
        Self { kind }
    }
}

/// What a template of the site printed, its gaps filled.
fn written(context: &Context<'_>, html: &Html) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => context.authored(text).into_owned(),
        Piece::Section(at) => {
            let section = context.sections.get(*at).map(|section| SectionView::own(context, section, false));
            section.map_or_else(String::new, |section| section.to_string())
        }
        _ => String::new(),
    };
    html.pieces.iter().map(piece).collect()
}
