//! A photo or a video where either may stand.

use askama::Template;

use super::picture::{PictureView, join};
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
        /// MIME type.
        kind: String,
        /// What is seen before it plays.
        poster: String,
        width: u32,
        height: u32,
        label: String,
        class: String,
        plays: Plays,
        /// Whether the button of a video that fills the screen stands at the section's edge rather than on the video.
        full: bool,
    },
}

/// What makes a video play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plays {
    /// It plays by itself, without sound, again and again.
    Ambient,
    /// A click, after which it fills the screen.
    Opened,
    /// The reader, with the browser's controls.
    Controlled,
}

impl MediaView {
    /// Media at a place.
    pub(super) fn new(context: &mut Context<'_>, media: &Media, place: Place<'_>, declarations: &str) -> Self {
        match media {
            Media::Photo(picture) => Self::photo(context, picture, place, declarations),
            Media::Video(video) => Self::video(context, video, place, declarations),
        }
    }

    /// A photo that opens at full size.
    pub(super) fn photo(context: &mut Context<'_>, picture: &Picture, place: Place<'_>, declarations: &str) -> Self {
        let offered = context.plan.offered(picture);
        let href = offered.largest().map(|file| context.media(file.path));
        let size = offered.largest().map_or(offered.size, |file| file.size);
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

    fn video(context: &mut Context<'_>, video: &Video, place: Place<'_>, declarations: &str) -> Self {
        let planned = context.plan.video(video);
        let transcode = context.plan.transcode(planned.transcode);
        let poster = context.plan.still(planned.poster).path.as_ref().map(|path| context.media(path));
        let class = join(&context.backdrop_of_video(video.file), declarations);
        let full = place == Place::Full;
        Self::Video {
            src: context.media(&transcode.path),
            kind: mime(&video.conversion.extension),
            poster: poster.unwrap_or_default(),
            width: planned.size.width,
            height: planned.size.height,
            label: match video.caption.plain() {
                caption if caption.trim().is_empty() => "Video".to_owned(),
                caption => caption,
            },
            class: context.sheet.class(&class),
            plays: match video.controls {
                true => Plays::Controlled,
                false if full || video.ambient => Plays::Ambient,
                false => Plays::Opened,
            },
            full,
        }
    }
}

/// The MIME type of a video, which is récitale's `video/EXTENSION` where that is one.
pub(super) fn mime(extension: &str) -> String {
    match extension {
        "m4v" => "video/mp4".to_owned(),
        "mov" => "video/quicktime".to_owned(),
        "ogv" => "video/ogg".to_owned(),
        "mkv" => "video/x-matroska".to_owned(),
        other => format!("video/{other}"),
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
        Media::Video(video) => context.plan.video(video).size,
    })
}

/// The class that tells the shared style sheet the proportions of media, and how wide they may become.
pub(super) fn shape(context: &mut Context<'_>, media: &Media) -> String {
    let ratio = ratio(context, media);
    let natural = match media {
        Media::Photo(picture) => context.plan.picture(picture).size.width,
        Media::Video(video) => context.plan.video(video).size.width,
    };
    context.sheet.class(&format!("--ratio: {ratio}; --natural: {natural}px;"))
}
