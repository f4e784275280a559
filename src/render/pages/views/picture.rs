//! A picture in every size that the plan offers.

use askama::Template;

use crate::render::pages::context::Context;
use crate::render::pages::ratio::Ratio;
use crate::render::pages::sizes::Place;
use crate::site::{Picture, Video};
use pixels::Size;

/// An `<img>`.
#[derive(Debug, Template)]
#[template(path = "partials/picture.html")]
pub(super) struct PictureView {
    pub(super) src: String,
    pub(super) srcset: String,
    pub(super) sizes: String,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) alt: String,
    pub(super) class: String,
    /// The first picture of a page is fetched at once, the others when they come near.
    pub(super) first: bool,
}

/// The width from which a browser without `srcset` is served well.
const PLAIN_WIDTH: u32 = 1400;

impl PictureView {
    /// A picture where it stands; `declarations` are for its own class.
    pub(super) fn new(context: &mut Context<'_>, picture: &Picture, place: Place<'_>, declarations: &str) -> Self {
        let planned = context.plan.picture(picture);
        let renditions = planned.candidates.iter().map(|&id| context.plan.rendition(id));
        let candidates = renditions.filter_map(|rendition| Some((rendition.path.as_ref()?, rendition.size.width)));
        let candidates = candidates.map(|(path, width)| (context.media(path), width)).collect();
        let class = join(&context.backdrop(picture.photo), declarations);
        Self::of(context, candidates, planned.size, picture.alt.clone(), &class, place)
    }

    /// The frame of a video on a tile.
    pub(super) fn cover(context: &mut Context<'_>, video: &Video, place: Place<'_>) -> Self {
        let planned = context.plan.cover(video);
        let stills = planned.candidates.iter().map(|&id| context.plan.still(id));
        let candidates = stills.filter_map(|still| Some((still.path.as_ref()?, still.size.width)));
        let candidates = candidates.map(|(path, width)| (context.media(path), width)).collect();
        let class = context.backdrop_of_clip(video.file);
        Self::of(context, candidates, planned.size, video.caption.plain(), &class, place)
    }

    /// A picture that is offered in these widths.
    fn of(
        context: &mut Context<'_>,
        candidates: Vec<(String, u32)>,
        size: Size,
        alt: String,
        class: &str,
        place: Place<'_>,
    ) -> Self {
        let plain = candidates.iter().find(|(_, width)| *width >= PLAIN_WIDTH).or(candidates.last());
        let src = plain.map(|(url, _)| url.clone()).unwrap_or_default();
        let srcset: Vec<String> = candidates.iter().map(|(url, width)| format!("{url} {width}w")).collect();
        Self {
            src,
            srcset: srcset.join(", "),
            sizes: place.sizes(Ratio::of(size)),
            width: size.width,
            height: size.height,
            alt,
            class: context.sheet.class(class),
            first: context.takes_first_picture(),
        }
    }
}

/// Two lists of declarations as one.
pub(super) fn join(first: &str, second: &str) -> String {
    match (first, second) {
        ("", other) | (other, "") => other.to_owned(),
        (first, second) => format!("{first} {second}"),
    }
}
