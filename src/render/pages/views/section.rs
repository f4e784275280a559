//! The sections of a story, one variant and one template a type.

use askama::Template;

use super::media::{self, MediaView};
use super::overlay::OverlayView;
use super::picture::PictureView;
use super::written;
use crate::render::pages::context::Context;
use crate::render::pages::ink::Scheme;
use crate::render::pages::ratio::Ratio;
use crate::render::pages::sizes::Place;
use crate::site::{Aside, Media, Section, SectionKind, Style};

/// A section. `class` holds the classes of its own colours, with a space before each.
#[derive(Debug, Template)]
pub(super) enum SectionView<'a> {
    #[template(path = "exposure/sections/full-picture.html")]
    FullPicture { class: String, fixed: bool, media: MediaView, overlay: Option<OverlayView<'a>> },
    #[template(path = "exposure/sections/bordered-picture.html")]
    BorderedPicture { class: String, figure: FigureView<'a> },
    #[template(path = "exposure/sections/pictures-group.html")]
    PicturesGroup { class: String, rows: Vec<RowView<'a>> },
    #[template(path = "exposure/sections/text.html")]
    Text { class: String, text: &'a str },
    #[template(path = "exposure/sections/paragraph.html")]
    Paragraph { class: String, title: &'a str, text: &'a str, aside: Option<AsideView<'a>> },
    #[template(path = "exposure/sections/quote.html")]
    Quote { class: String, text: &'a str },
    #[template(path = "exposure/sections/html.html")]
    Html { class: String, html: &'a str },
    #[template(path = "exposure/sections/iframe.html")]
    Iframe { class: String, markup: &'a str },
    #[template(path = "exposure/sections/panorama.html")]
    Panorama { class: String, shape: String, label: String, caption: &'a str, media: MediaView },
    #[template(path = "exposure/sections/audio.html")]
    Audio { class: String, src: String, title: &'a str, label: String },
    #[template(path = "exposure/sections/author.html")]
    Author { class: String, name: &'a str, portrait: PictureView, text: &'a str, links: &'a [(String, String)] },
    /// What the site's own template prints.
    #[template(source = "{{ html|safe }}", ext = "html")]
    Written { html: String },
}

/// Media with their caption.
#[derive(Debug)]
pub(super) struct FigureView<'a> {
    /// Its proportions.
    class: String,
    media: MediaView,
    /// May be empty.
    caption: &'a str,
}

/// A row of a group.
#[derive(Debug)]
pub(super) struct RowView<'a> {
    /// The sum of its proportions, if it would be higher than the screen were it as wide.
    tall: Option<String>,
    cells: Vec<FigureView<'a>>,
}

/// Media beside a text.
#[derive(Debug)]
pub(super) struct AsideView<'a> {
    figure: FigureView<'a>,
    right: bool,
    /// Its width.
    class: String,
}

/// Below this, a row as wide as a screen is higher than it.
const TALL: Ratio = Ratio::thousandths(1250);

impl<'a> SectionView<'a> {
    /// Sections of a page; `first_heads` if the text of the first is the page's title.
    pub(super) fn all(context: &mut Context<'a>, sections: &'a [Section], first_heads: bool) -> Vec<Self> {
        let view = |(at, section)| match context.written.and_then(|parts| parts.sections.get(&at)) {
            Some(html) => Self::Written { html: written::part(context, html) },
            None => Self::own(context, section, first_heads && at == 0),
        };
        sections.iter().enumerate().map(view).collect()
    }

    /// A section as cimaise prints it.
    pub(super) fn own(context: &mut Context<'a>, section: &'a Section, heads_page: bool) -> Self {
        let class = colours(context, section);
        match &section.kind {
            SectionKind::FullPicture { media, overlay, fixed, position } => {
                let declarations = match position.as_str() {
                    "" | "50% 50%" | "center" => String::new(),
                    position => format!("object-position: {position};"),
                };
                Self::FullPicture {
                    class,
                    fixed: *fixed,
                    media: MediaView::new(context, media, Place::Full, &declarations),
                    overlay: overlay.as_ref().and_then(|overlay| OverlayView::new(overlay, context.words, heads_page)),
                }
            }
            SectionKind::BorderedPicture { media } => {
                Self::BorderedPicture { class, figure: FigureView::new(context, media, Place::Bordered) }
            }
            SectionKind::PicturesGroup { rows } => {
                Self::PicturesGroup { class, rows: rows.iter().map(|row| RowView::new(context, row)).collect() }
            }
            SectionKind::Text { text } => Self::Text { class, text: text.html() },
            SectionKind::Paragraph { title, text, image } => Self::Paragraph {
                class,
                title: title.html().trim(),
                text: text.html(),
                aside: image.as_ref().map(|aside| AsideView::new(context, aside)),
            },
            SectionKind::Quote { text } => Self::Quote { class, text: text.html() },
            SectionKind::Html { html } => Self::Html { class, html: html.html() },
            SectionKind::Iframe { markup } => Self::Iframe { class, markup: markup.html() },
            SectionKind::Panorama { picture } => Self::Panorama {
                class,
                shape: media::shape(context, &Media::Photo(picture.clone())),
                label: match picture.told.trim() {
                    "" => "Panorama".to_owned(),
                    told => format!("Panorama: {told}"),
                },
                caption: picture.caption.html().trim(),
                media: MediaView::photo(context, picture, Place::Panorama, ""),
            },
            SectionKind::Audio { sound, title } => Self::Audio {
                class,
                src: context.media(context.plan.sound(*sound)),
                title: title.html(),
                label: title.plain(),
            },
            SectionKind::Author { name, portrait, text, links } => Self::Author {
                class,
                name: name.html().trim(),
                portrait: PictureView::new(context, portrait, Place::Author, ""),
                text: text.html().trim(),
                links,
            },
            // Only templates of the site print these.
            SectionKind::Custom => Self::Written { html: String::new() },
        }
    }
}

impl<'a> FigureView<'a> {
    fn new(context: &mut Context<'_>, media: &'a Media, place: Place<'_>) -> Self {
        Self {
            class: media::shape(context, media),
            media: MediaView::new(context, media, place, ""),
            caption: media::caption(media),
        }
    }
}

impl<'a> RowView<'a> {
    fn new(context: &mut Context<'_>, row: &'a [Media]) -> Self {
        let sum: Ratio = row.iter().map(|media| media::ratio(context, media)).sum();
        let tall = (sum < TALL).then(|| context.sheet.class(&format!("--ratio: {sum};")));
        let cell = |media| {
            let share = media::ratio(context, media).over(sum);
            FigureView::new(context, media, Place::Cell { share, tall: tall.is_some() })
        };
        Self { cells: row.iter().map(cell).collect(), tall }
    }
}

impl<'a> AsideView<'a> {
    fn new(context: &mut Context<'_>, aside: &'a Aside) -> Self {
        let figure = FigureView::new(context, &aside.media, Place::Aside { width: &aside.width });
        let width = if aside.width.is_empty() { String::new() } else { format!("--aside: {};", aside.width) };
        Self { figure, right: aside.right, class: context.sheet.class(&width) }
    }
}

/// The classes of a section's own colours, each after a space.
fn colours(context: &mut Context<'_>, section: &Section) -> String {
    let mut style = section.style.clone();
    if matches!(section.kind, SectionKind::Audio { .. }) {
        // What an `audio` section calls its colour is that of the player.
        style = Style { background: std::mem::take(&mut style.color), ..style };
    }
    let mut declarations = Vec::new();
    if !style.background.is_empty() {
        declarations.push(format!("background: {};", style.background));
    }
    if !style.color.is_empty() {
        declarations.push(format!("color: {};", style.color));
    }
    if !style.declarations.is_empty() {
        declarations.push(style.declarations.clone());
    }
    let scheme = Scheme::of(&style).map_or("", Scheme::class);
    [scheme, &context.sheet.class(&declarations.join(" "))]
        .into_iter()
        .filter(|class| !class.is_empty())
        .map(|class| format!(" {class}"))
        .collect()
}
