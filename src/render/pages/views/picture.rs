//! A picture in every size that the plan offers.

use askama::Template;

use crate::render::pages::context::Context;
use crate::render::pages::ratio::Ratio;
use crate::render::pages::sizes::Place;
use crate::site::Picture;

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
        let candidates: Vec<(String, u32)> = planned
            .candidates
            .iter()
            .map(|&id| context.plan.rendition(id))
            .filter_map(|rendition| Some((context.media(rendition.path.as_ref()?), rendition.size.width)))
            .collect();
        let plain = candidates.iter().find(|(_, width)| *width >= PLAIN_WIDTH).or(candidates.last());
        let src = plain.map(|(url, _)| url.clone()).unwrap_or_default();
        let srcset: Vec<String> = candidates.iter().map(|(url, width)| format!("{url} {width}w")).collect();
        let class = join(&context.backdrop(picture.photo), declarations);
        Self {
            src,
            srcset: srcset.join(", "),
            sizes: place.sizes(Ratio::of(planned.size)),
            width: planned.size.width,
            height: planned.size.height,
            alt: picture.alt.clone(),
            class: context.sheet.class(&class),
            first: context.takes_first_picture(),
        }
    }
}

/// Two lists of declarations as one.
fn join(first: &str, second: &str) -> String {
    match (first, second) {
        ("", other) | (other, "") => other.to_owned(),
        (first, second) => format!("{first} {second}"),
    }
}
