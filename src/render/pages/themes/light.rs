//! The theme `light`: small pages without scripts, with pictures no wider than a column of text.
//!
//! It serves as the theme of whole galleries, and of the copies in the folder `light/` of a gallery. The numbers here must match those in
//! `templates/assets/css/light.css`.

use askama::Template;

use super::templates::ThemeTemplates;
use crate::plan::{OfferedFile, OfferedPicture};
use crate::render::pages::look::{Look, PicturePlace};
use crate::render::pages::views::{BodyView, CoverView, LinkLabel, MediaView, PageView, SectionView};
use pixels::Size;

/// Templates and style sheet of the theme.
pub(super) const TEMPLATES: ThemeTemplates = ThemeTemplates {
    look: &Light,
    style: include_str!("../../../../templates/assets/css/light.css"),
    script: "",
    page: |page| LightPage { page }.to_string(),
    body: |body| LightBody { body }.to_string(),
};

#[derive(Template)]
#[template(path = "light/page.html")]
struct LightPage<'v> {
    page: &'v PageView<'v>,
}

#[derive(Template)]
#[template(path = "light/body.html")]
struct LightBody<'v> {
    body: &'v BodyView<'v>,
}

#[derive(Debug)]
struct Light;

/// Most pixels of a file that a picture opens.
const OPENED: u64 = 2880 * 1920;

impl Look for Light {
    fn sizes(&self, place: PicturePlace<'_>, size: Size) -> String {
        sizes(place, size)
    }

    /// Chooses the files up to the first one that is sharp on all screens, and for browsers without `srcset` the one for wide screens.
    fn choose<'f, 'p>(
        &self,
        place: PicturePlace<'_>,
        size: Size,
        files: &'f [OfferedFile<'p>],
    ) -> (&'f [OfferedFile<'p>], Option<&'f OfferedFile<'p>>) {
        let on_screen = widest(place, size);
        let wide_enough = |width: u64| files.iter().position(|file| u64::from(file.size.width) * 100 >= width * 95);
        let chosen = &files[..wide_enough(most_pixels(place, on_screen)).map_or(files.len(), |at| at + 1)];
        (chosen, wide_enough(on_screen).map_or(files.last(), |at| files.get(at)))
    }

    /// Returns the largest file of a moderate size.
    fn opens<'p>(&self, picture: &OfferedPicture<'p>) -> Option<OfferedFile<'p>> {
        let files = picture.plain();
        files.iter().rev().find(|file| file.size.pixels() <= OPENED).or(files.first()).copied()
    }
}

/// Width of the text, in CSS pixels.
const COLUMN: u64 = 672;

/// Returns the width of a picture on a wide screen, in CSS pixels.
fn widest(place: PicturePlace<'_>, size: Size) -> u64 {
    let at_height = |height: u64| height * u64::from(size.width) / u64::from(size.height.max(1));
    match place {
        PicturePlace::Panorama => at_height(288),
        PicturePlace::Author => 128,
        PicturePlace::Tile { .. } | PicturePlace::Neighbour { .. } => at_height(85).max(128),
        _ if size.height > size.width => 480,
        _ => COLUMN,
    }
}

/// Returns the pixels of a picture that has a width on a wide screen, in CSS pixels. Telephones have up to three pixels per CSS pixel, and
/// wider screens, which show the whole column, two.
fn most_pixels(place: PicturePlace<'_>, on_screen: u64) -> u64 {
    let dense = on_screen * 3;
    match place {
        PicturePlace::Panorama | PicturePlace::Author | PicturePlace::Tile { .. } | PicturePlace::Neighbour { .. } => {
            dense
        }
        _ => dense.min(COLUMN * 2),
    }
}

fn sizes(place: PicturePlace<'_>, size: Size) -> String {
    // Pictures are never enlarged, and upright ones are narrower than the text.
    let limit = if size.height > size.width { size.width.min(480) } else { size.width };
    let limited = |width: &str, most: u32| match limit < most {
        true => format!("min({limit}px, {width})"),
        false => width.to_owned(),
    };
    let line = "min(100vw, 42rem) - 2 * max(1rem, 4vw)";
    match place {
        PicturePlace::Cell { alone: false, .. } => {
            let (half, part, whole) = (limited("330px", 330), format!("0.5 * ({line}) - 6px"), limited(line, 736));
            format!("(min-width: 46rem) {half}, (min-width: 535px) calc({part}), calc({whole})")
        }
        PicturePlace::Panorama => format!("{}px", widest(place, size)),
        PicturePlace::Author | PicturePlace::Tile { .. } | PicturePlace::Neighbour { .. } => {
            format!("{}px", widest(place, size).min(u64::from(size.width).max(128)))
        }
        _ => format!("(min-width: 46rem) {}, calc({})", limited("42rem", 672), limited(line, 736)),
    }
}
