//! The theme `exposure`: pictures as large as the screen, on pages in light or dark colours.
//!
//! The widths of its pictures are in `exposure_sizes`.

use askama::Template;

use super::exposure_sizes::sizes;
use super::templates::ThemeTemplates;
use crate::overrides::Piece;
use crate::plan::{OfferedFile, OfferedPicture};
use crate::render::pages::look::{Look, PicturePlace};
use crate::render::pages::views::{
    BodyView, CoverView, LinkLabel, MediaView, Opening, PageView, PlayMode, SectionView,
};
use pixels::Size;

/// Templates, style sheet and script of the theme.
pub(super) const TEMPLATES: ThemeTemplates = ThemeTemplates {
    look: &Exposure,
    style: concat!(
        include_str!("../../../../templates/assets/css/base.css"),
        include_str!("../../../../templates/assets/css/index.css"),
        include_str!("../../../../templates/assets/css/gallery.css"),
        include_str!("../../../../templates/assets/css/pictures.css"),
        include_str!("../../../../templates/assets/css/words.css"),
        include_str!("../../../../templates/assets/css/lightbox.css"),
        include_str!("../../../../templates/assets/css/unlock.css"),
        include_str!("../../../../templates/assets/css/preferences.css"),
        include_str!("../../../../templates/assets/css/print.css"),
    ),
    script: concat!(
        include_str!("../../../../templates/assets/js/scheme.js"),
        include_str!("../../../../templates/assets/js/video.js"),
        include_str!("../../../../templates/assets/js/panorama.js"),
        include_str!("../../../../templates/assets/js/lightbox.js"),
    ),
    page: |page| ExposurePage { page }.to_string(),
    body: |body| ExposureBody { body }.to_string(),
};

#[derive(Template)]
#[template(path = "exposure/page.html", blocks = ["attributes", "title", "meta", "head", "footer", "end"])]
struct ExposurePage<'v> {
    page: &'v PageView<'v>,
}

#[derive(Template)]
#[template(path = "exposure/body.html")]
struct ExposureBody<'v> {
    body: &'v BodyView<'v>,
}

/// Prints a part around the body, for a page of which the site's templates print the rest; `None` for all other parts.
pub(in crate::render::pages) fn part(page: &PageView<'_>, piece: &Piece) -> Option<String> {
    let page = ExposurePage { page };
    Some(match piece {
        Piece::Attributes => page.as_attributes().to_string(),
        Piece::Title => page.as_title().to_string(),
        Piece::Meta => page.as_meta().to_string(),
        Piece::Head => page.as_head().to_string(),
        Piece::Footer => page.as_footer().to_string(),
        Piece::End => page.as_end().to_string(),
        Piece::Text(_) | Piece::Body | Piece::Menu | Piece::Share | Piece::Section(_) => return None,
    })
}

#[derive(Debug)]
struct Exposure;

/// Minimum width in pixels of the file for browsers without `srcset`.
const PLAIN_WIDTH: u32 = 1400;

impl Look for Exposure {
    fn sizes(&self, place: PicturePlace<'_>, size: Size) -> String {
        sizes(place, size)
    }

    fn choose<'f, 'p>(
        &self,
        _: PicturePlace<'_>,
        _: Size,
        files: &'f [OfferedFile<'p>],
    ) -> (&'f [OfferedFile<'p>], Option<&'f OfferedFile<'p>>) {
        (files, files.iter().find(|file| file.size.width >= PLAIN_WIDTH).or(files.last()))
    }

    fn opens<'p>(&self, picture: &OfferedPicture<'p>) -> Option<OfferedFile<'p>> {
        picture.largest()
    }
}
