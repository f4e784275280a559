//! A picture in every size that the plan offers.

use crate::plan::{OfferedFile, OfferedPicture, OfferedSet};
use crate::render::pages::context::Context;
use crate::render::pages::look::PicturePlace;
use crate::site::{Picture, Video};

/// A picture: an `<img>`, inside a `<picture>` if there are several formats.
#[derive(Debug)]
pub(in crate::render::pages) struct PictureView {
    /// The formats other than the one that every browser supports, in order of preference.
    pub(in crate::render::pages) sources: Vec<SourceView>,
    pub(in crate::render::pages) src: String,
    pub(in crate::render::pages) srcset: String,
    pub(in crate::render::pages) sizes: String,
    pub(in crate::render::pages) width: u32,
    pub(in crate::render::pages) height: u32,
    pub(in crate::render::pages) alt: String,
    pub(in crate::render::pages) class: String,
    /// Whether this is the first picture of the page. Browsers fetch it immediately, and the others when they come near.
    pub(in crate::render::pages) first: bool,
}

/// The files of a picture in one format.
#[derive(Debug)]
pub(in crate::render::pages) struct SourceView {
    pub(in crate::render::pages) media_type: &'static str,
    pub(in crate::render::pages) srcset: String,
}

impl PictureView {
    /// Creates the view of a picture at its place; `declarations` are added to its own class.
    pub(super) fn new(
        context: &mut Context<'_>,
        picture: &Picture,
        place: PicturePlace<'_>,
        declarations: &str,
    ) -> Self {
        let offered = context.plan.offered(picture);
        let class = join(&context.backdrop(picture.photo), declarations);
        Self::of(context, &offered, picture.alt.clone(), &class, place)
    }

    /// Creates the view of a video's frame on a tile.
    pub(super) fn cover(context: &mut Context<'_>, video: &Video, place: PicturePlace<'_>) -> Self {
        let offered = context.plan.offered_cover(video);
        let class = context.backdrop_of_video(video.file);
        Self::of(context, &offered, video.caption.plain(), &class, place)
    }

    fn of(
        context: &mut Context<'_>,
        offered: &OfferedPicture<'_>,
        alt: String,
        class: &str,
        place: PicturePlace<'_>,
    ) -> Self {
        let (files, plain) = context.look.choose(place, offered.size, offered.plain());
        let others = &offered.sets[..offered.sets.len().saturating_sub(1)];
        let source = |set: &OfferedSet<'_>| SourceView {
            media_type: set.media_type,
            srcset: srcset(context, context.look.choose(place, offered.size, &set.files).0),
        };
        Self {
            sources: others.iter().map(source).collect(),
            src: plain.map(|file| context.media(file.path)).unwrap_or_default(),
            srcset: srcset(context, files),
            sizes: context.look.sizes(place, offered.size),
            width: offered.size.width,
            height: offered.size.height,
            alt,
            class: context.sheet.class(class),
            first: context.takes_first_picture(),
        }
    }
}

fn srcset(context: &Context<'_>, files: &[OfferedFile<'_>]) -> String {
    let candidates = files.iter().map(|file| format!("{} {}w", context.media(file.path), file.size.width));
    candidates.collect::<Vec<_>>().join(", ")
}

/// Joins two lists of CSS declarations.
pub(super) fn join(first: &str, second: &str) -> String {
    match (first, second) {
        ("", other) | (other, "") => other.to_owned(),
        (first, second) => format!("{first} {second}"),
    }
}
