//! Media: a photo or a video, for places that allow either.

use std::borrow::Cow;

use super::picture::{PictureView, join};
use crate::media_type::video_type;
use crate::plan::Audience;
use crate::render::pages::context::Context;
use crate::render::pages::look::PicturePlace;
use crate::render::pages::ratio::Ratio;
use crate::site::{Media, Picture, Video};

/// A photo that opens at full size, or a video.
#[derive(Debug)]
pub(in crate::render::pages) enum MediaView {
    /// A photo in a link to a larger file.
    Photo {
        href: String,
        /// Whether the link works without a script; a link to an encrypted file does not.
        is_plain: bool,
        /// Width and height of the larger file in pixels.
        width: u32,
        height: u32,
        /// Accessible name of the link, if the picture has no text alternative.
        label: Option<LinkLabel>,
        picture: PictureView,
    },
    /// A video.
    Video {
        src: String,
        media_type: Cow<'static, str>,
        /// Link to the still that is shown before the video plays.
        poster: String,
        width: u32,
        height: u32,
        label: String,
        class: String,
        plays: PlayMode,
        /// Whether the video fills the screen; its button is then at the edge of the section rather than on the video.
        full: bool,
    },
}

/// Accessible name of a link to a picture without a text alternative.
#[derive(Debug)]
pub(in crate::render::pages) enum LinkLabel {
    /// The caption of the picture.
    Caption(String),
    /// The number of the picture on the page.
    Number(usize),
}

/// The way in which a video is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render::pages) enum PlayMode {
    /// Starts automatically, without sound, in a loop.
    Ambient,
    /// Starts on a click, and then fills the screen.
    Opened,
    /// Has the browser's controls.
    Controlled,
}

impl MediaView {
    /// Creates the view of media at a place.
    pub(super) fn new(context: &mut Context<'_>, media: &Media, place: PicturePlace<'_>, declarations: &str) -> Self {
        match media {
            Media::Photo(picture) => Self::photo(context, picture, place, declarations),
            Media::Video(video) => Self::video(context, video, place, declarations),
        }
    }

    /// Creates the view of a photo that opens at full size.
    pub(super) fn photo(
        context: &mut Context<'_>,
        picture: &Picture,
        place: PicturePlace<'_>,
        declarations: &str,
    ) -> Self {
        let offered = context.plan.offered(picture);
        let larger = context.look.opens(&offered);
        let size = larger.map_or(offered.size, |file| file.size);
        context.zoomable += 1;
        let label = picture.alt.trim().is_empty().then(|| match picture.caption.plain() {
            caption if caption.trim().is_empty() => LinkLabel::Number(context.zoomable),
            caption => LinkLabel::Caption(caption),
        });
        Self::Photo {
            href: larger.map(|file| context.media(file.path)).unwrap_or_default(),
            is_plain: larger.is_some() && context.audience == Audience::Everybody,
            width: size.width,
            height: size.height,
            label,
            picture: PictureView::new(context, picture, place, declarations),
        }
    }

    fn video(context: &mut Context<'_>, video: &Video, place: PicturePlace<'_>, declarations: &str) -> Self {
        let planned = context.plan.video(video);
        let transcode = context.plan.transcode(planned.transcode);
        let poster = context.plan.still(planned.poster).path.as_ref().map(|path| context.media(path));
        let class = join(&context.backdrop_of_video(video.file), declarations);
        let full = place == PicturePlace::Full;
        Self::Video {
            src: context.media(&transcode.path),
            media_type: video_type(&video.conversion.extension),
            poster: poster.unwrap_or_default(),
            width: planned.size.width,
            height: planned.size.height,
            label: match video.caption.plain() {
                caption if caption.trim().is_empty() => "Video".to_owned(),
                caption => caption,
            },
            class: context.sheet.class(&class),
            plays: match video.controls {
                true => PlayMode::Controlled,
                false if full || video.ambient => PlayMode::Ambient,
                false => PlayMode::Opened,
            },
            full,
        }
    }
}

/// Returns the caption of media.
pub(super) fn caption(media: &Media) -> &str {
    match media {
        Media::Photo(picture) => picture.caption.html(),
        Media::Video(video) => video.caption.html(),
    }
    .trim()
}

/// Returns the aspect ratio of media.
pub(super) fn ratio(context: &Context<'_>, media: &Media) -> Ratio {
    Ratio::of(match media {
        Media::Photo(picture) => context.plan.picture(picture).size,
        Media::Video(video) => context.plan.video(video).size,
    })
}

/// Returns the class that passes the ratio and the natural width of media to the shared style sheet.
pub(super) fn shape(context: &mut Context<'_>, media: &Media) -> String {
    let ratio = ratio(context, media);
    let natural = match media {
        Media::Photo(picture) => context.plan.picture(picture).size.width,
        Media::Video(video) => context.plan.video(video).size.width,
    };
    context.sheet.class(&format!("--ratio: {ratio}; --natural: {natural}px;"))
}
