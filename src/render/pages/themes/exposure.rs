//! The theme `exposure`: pictures as large as the screen, on pages in light or dark colours.
//!
//! The numbers here must match those in `templates/assets/css`.

use askama::Template;

use super::templates::ThemeTemplates;
use crate::overrides::Piece;
use crate::plan::{OfferedFile, OfferedPicture};
use crate::render::pages::look::{Look, PicturePlace};
use crate::render::pages::ratio::Ratio;
use crate::render::pages::views::{
    BodyView, CoverView, LinkLabel, MediaView, Opening, PageView, PlayMode, SectionView,
};

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
    fn sizes(&self, place: PicturePlace<'_>, ratio: Ratio) -> String {
        sizes(place, ratio)
    }

    fn choose<'f, 'p>(
        &self,
        _: PicturePlace<'_>,
        files: &'f [OfferedFile<'p>],
    ) -> (&'f [OfferedFile<'p>], Option<&'f OfferedFile<'p>>) {
        (files, files.iter().find(|file| file.size.width >= PLAIN_WIDTH).or(files.last()))
    }

    fn opens<'p>(&self, picture: &OfferedPicture<'p>) -> Option<OfferedFile<'p>> {
        picture.largest()
    }
}

const ONE: Ratio = Ratio::thousandths(1000);
const THREE_TO_TWO: Ratio = Ratio::thousandths(1500);
const WIDE: Ratio = Ratio::thousandths(2333);

fn sizes(place: PicturePlace<'_>, ratio: Ratio) -> String {
    match place {
        PicturePlace::Full => format!("max(100vw, {}vh)", ratio.times(100)),
        PicturePlace::Bordered => format!("min(94vw, {}vh)", ratio.times(82)),
        PicturePlace::Cell { share, tall } => {
            let narrow = if ratio < ONE { 60 } else { 100 };
            let wide = match tall {
                true => format!("min({}vw, {}vh)", share.times(100), ratio.times(94)),
                false => format!("{}vw", share.times(100)),
            };
            format!("(min-width: 48em) {wide}, {narrow}vw")
        }
        PicturePlace::Aside { width } if is_length(width) => format!("(min-width: 40em) {width}, 92vw"),
        PicturePlace::Aside { .. } => "(min-width: 40em) 38rem, 92vw".to_owned(),
        PicturePlace::Author => "11rem".to_owned(),
        PicturePlace::Panorama => format!("min({}px, {}vh)", ratio.times(800), ratio.times(75)),
        PicturePlace::Tile { columns } => {
            let shape = if columns == 1 { WIDE } else { THREE_TO_TWO };
            format!("(min-width: 48em) {}, {}", cropped(ratio, shape, columns), cropped(ratio, THREE_TO_TWO, 1))
        }
        PicturePlace::Neighbour => {
            format!("(min-width: 48em) {}, {}", cropped(ratio, WIDE, 2), cropped(ratio, THREE_TO_TWO, 1))
        }
    }
}

/// Returns the width at which a picture covers a box of the given shape, in a row of `columns` boxes.
fn cropped(ratio: Ratio, shape: Ratio, columns: u8) -> String {
    let factor = ratio.over(shape).at_least(ONE);
    format!("{}vw", factor.times(100).over(Ratio::thousandths(u64::from(columns) * 1000)))
}

/// Whether a CSS value is a length with the same meaning in `sizes` and in the style sheet. Percentages are not.
fn is_length(value: &str) -> bool {
    let digits = value.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let unit = &value[digits.len()..];
    matches!(unit, "px" | "rem" | "em" | "vw" | "vh")
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANDSCAPE: Ratio = Ratio::thousandths(1500);
    const PORTRAIT: Ratio = Ratio::thousandths(667);

    #[test]
    fn a_full_picture_may_be_wider_than_the_screen() {
        assert_eq!(sizes(PicturePlace::Full, LANDSCAPE), "max(100vw, 150vh)");
    }

    #[test]
    fn a_cell_is_as_wide_as_its_share_of_the_row() {
        let place = PicturePlace::Cell { share: Ratio::thousandths(333), tall: false };
        assert_eq!(sizes(place, LANDSCAPE), "(min-width: 48em) 33.3vw, 100vw");
        assert_eq!(sizes(place, PORTRAIT), "(min-width: 48em) 33.3vw, 60vw");
        let alone = PicturePlace::Cell { share: ONE, tall: true };
        assert_eq!(sizes(alone, PORTRAIT), "(min-width: 48em) min(100vw, 62.698vh), 60vw");
    }

    #[test]
    fn a_tile_allows_for_what_is_cropped() {
        let tile = PicturePlace::Tile { columns: 3 };
        assert_eq!(sizes(tile, LANDSCAPE), "(min-width: 48em) 33.333vw, 100vw");
        assert_eq!(sizes(tile, Ratio::thousandths(3000)), "(min-width: 48em) 66.667vw, 200vw");
    }

    #[test]
    fn an_aside_takes_the_authors_length_unless_it_is_relative() {
        assert_eq!(sizes(PicturePlace::Aside { width: "250px" }, PORTRAIT), "(min-width: 40em) 250px, 92vw");
        for relative in ["40%", "calc(1px + 2%)", "auto", "px", ""] {
            assert_eq!(sizes(PicturePlace::Aside { width: relative }, PORTRAIT), "(min-width: 40em) 38rem, 92vw");
        }
    }
}
