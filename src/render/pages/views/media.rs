//! A photo or a video where either may stand.

use askama::Template;

use super::picture::PictureView;
use crate::image::Size;
use crate::render::pages::context::Context;
use crate::render::pages::ratio::Ratio;
use crate::render::pages::sizes::Place;
use crate::site::{Media, Picture, Video};

/// A picture that opens at full size, or a video.
#[derive(Debug, Template)]
pub(super) enum MediaView {
    /// A photo in a link to its full size.
    #[template(path = "partials/zoom.html")]
    Photo {
        href: String,
        width: u32,
        height: u32,
        /// What the link is called if the picture has no description.
        label: Option<String>,
        picture: PictureView,
    },
    /// A video.
    #[template(path = "partials/video.html")]
    Video {
        src: String,
        label: String,
        class: String,
        /// Plays by itself, without sound, again and again.
        ambient: bool,
        /// Only its first picture is shown.
        still: bool,
    },
}

/// Videos are not looked into: the common shape stands for theirs.
const VIDEO: Size = Size { width: 16, height: 9 };

impl MediaView {
    /// Media at a place; a video is ambient only where that fits both the place and the author's `controls`.
    pub(super) fn new(context: &mut Context<'_>, media: &Media, place: Place<'_>, declarations: &str) -> Self {
        match media {
            Media::Photo(picture) => Self::photo(context, picture, place, declarations),
            Media::Video(video) => Self::video(context, video, place == Place::Full && !video.controls, declarations),
        }
    }

    /// A photo that opens at full size.
    pub(super) fn photo(context: &mut Context<'_>, picture: &Picture, place: Place<'_>, declarations: &str) -> Self {
        let planned = context.plan.picture(picture);
        let largest = planned.full.or(planned.candidates.last().copied()).map(|id| context.plan.rendition(id));
        let href = largest.and_then(|rendition| rendition.path.as_ref()).map(|path| context.media(path));
        let size = largest.map_or(planned.size, |rendition| rendition.size);
        context.zoomable += 1;
        let label = picture.alt.trim().is_empty().then(|| match picture.caption.plain() {
            caption if caption.trim().is_empty() => format!("Picture {}", context.zoomable),
            caption => caption,
        });
        Self::Photo {
            href: href.unwrap_or_default(),
            width: size.width,
            height: size.height,
            label,
            picture: PictureView::new(context, picture, place, declarations),
        }
    }

    fn video(context: &mut Context<'_>, video: &Video, ambient: bool, declarations: &str) -> Self {
        Self::Video {
            src: context.media(&context.plan.clip(video.clip).path),
            label: match video.caption.plain() {
                caption if caption.trim().is_empty() => "Video".to_owned(),
                caption => caption,
            },
            class: context.sheet.class(declarations),
            ambient,
            still: false,
        }
    }

    /// The first picture of a video, without any control.
    pub(super) fn still(context: &mut Context<'_>, video: &Video) -> Self {
        let mut view = Self::video(context, video, false, "");
        if let Self::Video { still, .. } = &mut view {
            *still = true;
        }
        view
    }
}

/// The caption of media.
pub(super) fn caption(media: &Media) -> &str {
    match media {
        Media::Photo(picture) => picture.caption.html(),
        Media::Video(video) => video.caption.html(),
    }
    .trim()
}

/// Proportions of media.
pub(super) fn ratio(context: &Context<'_>, media: &Media) -> Ratio {
    Ratio::of(match media {
        Media::Photo(picture) => context.plan.picture(picture).size,
        Media::Video(_) => VIDEO,
    })
}

/// The class that tells the shared style sheet the proportions of media, and how wide they may become.
pub(super) fn shape(context: &mut Context<'_>, media: &Media) -> String {
    let ratio = ratio(context, media);
    let natural = match media {
        Media::Photo(picture) => format!("{}px", context.plan.picture(picture).size.width),
        Media::Video(_) => "120rem".to_owned(),
    };
    context.sheet.class(&format!("--ratio: {ratio}; --natural: {natural};"))
}
