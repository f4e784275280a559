//! The theme `light`: small pages without scripts, with pictures no wider than a column of text.
//!
//! It serves as the theme of whole galleries, and of the copies in the folder `light/` of a gallery. The numbers here must match those in
//! `templates/assets/css/light.css`.

use askama::Template;

use super::templates::ThemeTemplates;
use crate::plan::{OfferedFile, OfferedPicture};
use crate::render::pages::look::{Look, PicturePlace};
use crate::render::pages::ratio::Ratio;
use crate::render::pages::views::{BodyView, CoverView, LinkLabel, MediaView, PageView, SectionView};

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

impl Look for Light {
    fn sizes(&self, place: PicturePlace<'_>, _: Ratio) -> String {
        let sizes = match place {
            PicturePlace::Full | PicturePlace::Bordered | PicturePlace::Aside { .. } => "min(42rem, 92vw)",
            PicturePlace::Cell { .. } => "(min-width: 34rem) 21rem, 92vw",
            PicturePlace::Panorama => "1920px",
            PicturePlace::Author | PicturePlace::Tile { .. } | PicturePlace::Neighbour => "8rem",
        };
        sizes.to_owned()
    }

    /// Chooses the two widest files below the limit; the narrowest file if all are wider.
    fn choose<'f, 'p>(
        &self,
        place: PicturePlace<'_>,
        files: &'f [OfferedFile<'p>],
    ) -> (&'f [OfferedFile<'p>], Option<&'f OfferedFile<'p>>) {
        // A panorama scrolls; all other pictures are at most as wide as a column of text.
        let limit = if place == PicturePlace::Panorama { 1920 } else { 960 };
        let fitting = files.iter().take_while(|file| file.size.width <= limit).count().max(1).min(files.len());
        let chosen = &files[fitting.saturating_sub(2)..fitting];
        (chosen, chosen.last())
    }

    /// Returns the largest file of the set, never the full-size picture.
    fn opens<'p>(&self, picture: &OfferedPicture<'p>) -> Option<OfferedFile<'p>> {
        picture.plain().last().copied()
    }
}
