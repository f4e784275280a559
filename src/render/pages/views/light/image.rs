//! A picture in at most two sizes, both small, and what stands around it.

use std::borrow::Cow;

use askama::Template;

use crate::plan::Audience;
use crate::render::pages::context::Context;
use crate::render::pages::views::media::{caption, mime};
use crate::site::{Media, Picture, Video};
use pixels::Size;

/// The widest picture in a column of text.
pub(super) const COLUMN: u32 = 960;

/// The widest panorama, which is scrolled.
pub(super) const PANORAMA: u32 = 1920;

/// Where a picture stands, as `sizes` says it; the numbers belong to `light.css`.
pub(super) const IN_COLUMN: &str = "min(42rem, 92vw)";
pub(super) const IN_GROUP: &str = "(min-width: 34rem) 21rem, 92vw";
pub(super) const SMALL: &str = "8rem";

/// An `<img>`.
#[derive(Debug, Template)]
#[template(path = "light/image.html")]
pub(super) struct ImageView {
    src: String,
    srcset: String,
    sizes: &'static str,
    width: u32,
    height: u32,
    alt: String,
}

impl ImageView {
    /// A photo, from those of its sizes that are no wider than `limit`.
    pub(super) fn photo(context: &Context<'_>, picture: &Picture, limit: u32, sizes: &'static str) -> Self {
        let planned = context.plan.offered(picture);
        let all = planned.plain().iter().map(|file| (context.media(file.path), file.size.width));
        Self::of(all.collect(), planned.size, picture.alt.clone(), limit, sizes)
    }

    /// A frame of a video.
    pub(super) fn frame(context: &Context<'_>, video: &Video, sizes: &'static str) -> Self {
        let planned = context.plan.offered_cover(video);
        let all = planned.plain().iter().map(|file| (context.media(file.path), file.size.width));
        Self::of(all.collect(), planned.size, video.caption.plain(), COLUMN, sizes)
    }

    /// `all` are its sizes from narrow to wide; the narrowest is taken if all are too wide.
    fn of(mut all: Vec<(String, u32)>, size: Size, alt: String, limit: u32, sizes: &'static str) -> Self {
        let fitting = all.iter().take_while(|(_, width)| *width <= limit).count().max(1);
        all.truncate(fitting);
        let chosen = &all[all.len().saturating_sub(2)..];
        let srcset: Vec<String> = chosen.iter().map(|(url, width)| format!("{url} {width}w")).collect();
        Self {
            src: chosen.last().map(|(url, _)| url.clone()).unwrap_or_default(),
            srcset: srcset.join(", "),
            sizes,
            width: size.width,
            height: size.height,
            alt,
        }
    }
}

/// A photo or a video with its caption.
#[derive(Debug, Template)]
#[template(path = "light/figure.html")]
pub(super) struct FigureView<'a> {
    /// Whether it is higher than wide.
    tall: bool,
    kind: Kind,
    /// May be empty.
    pub(super) caption: Cow<'a, str>,
}

#[derive(Debug)]
enum Kind {
    /// A photo, in a link to its largest size that is no original.
    Photo { image: ImageView, link: Option<String>, label: Option<String> },
    /// A video.
    Video { src: String, media_type: String, poster: String, width: u32, height: u32, label: String },
}

impl<'a> FigureView<'a> {
    /// Media at a place.
    pub(super) fn new(context: &Context<'_>, media: &'a Media, sizes: &'static str) -> Self {
        let caption = context.authored(caption(media));
        match media {
            Media::Photo(picture) => Self { caption, ..Self::photo(context, picture, COLUMN, sizes) },
            Media::Video(video) => {
                let planned = context.plan.video(video);
                let poster = context.plan.still(planned.poster).path.as_ref().map(|path| context.media(path));
                let label = match video.caption.plain() {
                    caption if caption.trim().is_empty() => "Video".to_owned(),
                    caption => caption,
                };
                let kind = Kind::Video {
                    src: context.media(&context.plan.transcode(planned.transcode).path),
                    media_type: mime(&video.conversion.extension),
                    poster: poster.unwrap_or_default(),
                    width: planned.size.width,
                    height: planned.size.height,
                    label,
                };
                Self { tall: planned.size.height > planned.size.width, kind, caption }
            }
        }
    }

    /// A photo from sizes up to `limit`, without its caption. An encrypted file cannot be opened by a plain link.
    pub(super) fn photo(context: &Context<'_>, picture: &Picture, limit: u32, sizes: &'static str) -> Self {
        let image = ImageView::photo(context, picture, limit, sizes);
        let planned = context.plan.offered(picture);
        let largest = planned.plain().last().filter(|_| context.audience == Audience::Everybody);
        let link = largest.map(|file| context.media(file.path));
        let link = link.filter(|link| *link != image.src);
        let label = picture.alt.trim().is_empty().then(|| match picture.caption.plain() {
            caption if caption.trim().is_empty() => "Larger picture".to_owned(),
            caption => caption,
        });
        let tall = planned.size.height > planned.size.width;
        Self { tall, kind: Kind::Photo { image, link, label }, caption: Cow::Borrowed("") }
    }
}
