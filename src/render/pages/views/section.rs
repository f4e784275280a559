//! The sections of a story or a static page: one variant and one template per type.

use std::borrow::Cow;

use super::media::{self, MediaView};
use super::overlay::OverlayView;
use super::picture::PictureView;
use crate::render::pages::context::Context;
use crate::render::pages::ink::Scheme;
use crate::render::pages::look::PicturePlace;
use crate::render::pages::ratio::Ratio;
use crate::site::{Aside, Media, Section, SectionKind, Style};

/// A section. `class` contains the classes for its own colours, with a space before each.
#[derive(Debug)]
pub(in crate::render::pages) enum SectionView<'a> {
    FullPicture {
        class: String,
        fixed: bool,
        media: MediaView,
        caption: Cow<'a, str>,
        overlay: Option<OverlayView<'a>>,
    },
    BorderedPicture {
        class: String,
        figure: FigureView<'a>,
    },
    PicturesGroup {
        class: String,
        rows: Vec<RowView<'a>>,
    },
    Text {
        class: String,
        text: Cow<'a, str>,
    },
    Paragraph {
        class: String,
        title: Cow<'a, str>,
        text: Cow<'a, str>,
        aside: Option<AsideView<'a>>,
    },
    Quote {
        class: String,
        text: Cow<'a, str>,
    },
    Html {
        class: String,
        html: Cow<'a, str>,
    },
    Iframe {
        class: String,
        markup: Cow<'a, str>,
    },
    Panorama {
        class: String,
        shape: String,
        label: String,
        caption: Cow<'a, str>,
        media: MediaView,
    },
    Audio {
        class: String,
        src: String,
        title: Cow<'a, str>,
        label: String,
    },
    Author {
        class: String,
        name: Cow<'a, str>,
        portrait: PictureView,
        text: Cow<'a, str>,
        links: &'a [(String, String)],
    },
    /// Output of the site's own template.
    Written {
        html: String,
    },
}

/// Media with a caption.
#[derive(Debug)]
pub(in crate::render::pages) struct FigureView<'a> {
    /// Class with the ratio and the natural width of the media.
    pub(in crate::render::pages) class: String,
    pub(in crate::render::pages) media: MediaView,
    /// Caption; may be empty.
    pub(in crate::render::pages) caption: Cow<'a, str>,
}

/// A row in a group of pictures.
#[derive(Debug)]
pub(in crate::render::pages) struct RowView<'a> {
    /// Class with the sum of the row's ratios, if the row at full width would be higher than the screen.
    pub(in crate::render::pages) tall: Option<String>,
    pub(in crate::render::pages) cells: Vec<FigureView<'a>>,
}

/// Media next to a text.
#[derive(Debug)]
pub(in crate::render::pages) struct AsideView<'a> {
    pub(in crate::render::pages) figure: FigureView<'a>,
    pub(in crate::render::pages) right: bool,
    /// Class with the width; empty if the author gave none.
    pub(in crate::render::pages) class: String,
}

/// Sum of ratios below which a row at full width is higher than the screen.
const TALL: Ratio = Ratio::thousandths(1250);

impl<'a> SectionView<'a> {
    /// Creates the views of a page's sections; `first_heads` if the overlay of the first section shows the page's title.
    pub(super) fn all(context: &mut Context<'a>, sections: &'a [Section], first_heads: bool) -> Vec<Self> {
        let view = |(at, section)| match context.written.and_then(|parts| parts.sections.get(&at)) {
            Some(html) => Self::Written { html: context.filled(html) },
            None => Self::own(context, section, first_heads && at == 0),
        };
        sections.iter().enumerate().map(view).collect()
    }

    /// Creates the view of a section as cimaise prints it.
    pub(in crate::render::pages) fn own(context: &mut Context<'a>, section: &'a Section, heads_page: bool) -> Self {
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
                    media: MediaView::new(context, media, PicturePlace::Full, &declarations),
                    caption: context.authored(media::caption(media)),
                    overlay: overlay.as_ref().and_then(|overlay| OverlayView::new(context, overlay, heads_page)),
                }
            }
            SectionKind::BorderedPicture { media } => {
                Self::BorderedPicture { class, figure: FigureView::new(context, media, PicturePlace::Bordered) }
            }
            SectionKind::PicturesGroup { rows } => {
                let alone = rows.iter().flatten().count() == 1;
                Self::PicturesGroup { class, rows: rows.iter().map(|row| RowView::new(context, row, alone)).collect() }
            }
            SectionKind::Text { text } => Self::Text { class, text: context.authored(text.html()) },
            SectionKind::Paragraph { title, text, image } => Self::Paragraph {
                class,
                title: context.authored(title.html().trim()),
                text: context.authored(text.html()),
                aside: image.as_ref().map(|aside| AsideView::new(context, aside)),
            },
            SectionKind::Quote { text } => Self::Quote { class, text: context.authored(text.html()) },
            SectionKind::Html { html } => Self::Html { class, html: context.authored(html.html()) },
            SectionKind::Iframe { markup } => Self::Iframe { class, markup: context.authored(markup.html()) },
            SectionKind::Panorama { picture } => Self::Panorama {
                class,
                shape: media::shape(context, &Media::Photo(picture.clone())),
                label: match picture.told.trim() {
                    "" => "Panorama".to_owned(),
                    told => format!("Panorama: {told}"),
                },
                caption: context.authored(picture.caption.html().trim()),
                media: MediaView::photo(context, picture, PicturePlace::Panorama, ""),
            },
            SectionKind::Audio { sound, title } => Self::Audio {
                class,
                src: context.media(context.plan.sound(*sound)),
                title: context.authored(title.html()),
                label: title.plain(),
            },
            SectionKind::Author { name, portrait, text, links } => Self::Author {
                class,
                name: context.authored(name.html().trim()),
                portrait: PictureView::new(context, portrait, PicturePlace::Author, ""),
                text: context.authored(text.html().trim()),
                links,
            },
            // Only the site's own templates print these sections.
            SectionKind::Custom => Self::Written { html: String::new() },
        }
    }
}

impl<'a> FigureView<'a> {
    fn new(context: &mut Context<'_>, media: &'a Media, place: PicturePlace<'_>) -> Self {
        Self {
            class: media::shape(context, media),
            media: MediaView::new(context, media, place, ""),
            caption: context.authored(media::caption(media)),
        }
    }
}

impl<'a> RowView<'a> {
    fn new(context: &mut Context<'_>, media: &'a [Media], alone: bool) -> Self {
        let row: Vec<Ratio> = media.iter().map(|media| media::ratio(context, media)).collect();
        let sum: Ratio = row.iter().copied().sum();
        let tall = (sum < TALL).then(|| context.sheet.class(&format!("--ratio: {sum};")));
        let place = |at| PicturePlace::Cell { row: &row, at, tall: tall.is_some(), alone };
        let cell = |(at, media)| FigureView::new(context, media, place(at));
        Self { cells: media.iter().enumerate().map(cell).collect(), tall }
    }
}

impl<'a> AsideView<'a> {
    fn new(context: &mut Context<'_>, aside: &'a Aside) -> Self {
        let figure = FigureView::new(context, &aside.media, PicturePlace::Aside { width: &aside.width });
        let width = if aside.width.is_empty() { String::new() } else { format!("--aside: {};", aside.width) };
        Self { figure, right: aside.right, class: context.sheet.class(&width) }
    }
}

/// Returns the classes for a section's own colours, with a space before each.
fn colours(context: &mut Context<'_>, section: &Section) -> String {
    let mut style = section.style.clone();
    if matches!(section.kind, SectionKind::Audio { .. }) {
        // The `color` of an `audio` section is the colour of the player.
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
