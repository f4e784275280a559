//! Photos and videos that are protected on one page and public on another.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Report, Span};
use crate::plan::{Audience, Audiences};
use crate::site::{Cover, GalleryId, PhotoId, Section, Site, VideoId};
use crate::source::SitePath;

/// A photo or a video on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ShownMedia {
    Photo(PhotoId),
    Video(VideoId),
}

impl ShownMedia {
    fn path(self, site: &Site) -> &SitePath {
        match self {
            Self::Photo(id) => &site.photos[id.index()].path,
            Self::Video(id) => &site.videos[id.index()].path,
        }
    }
}

/// Warns about each photo and video that is protected on one page and shown on a public one: it is published for both audiences.
pub(super) fn warn_of_open_copies(site: &Site, report: &mut Report) {
    let mut open = BTreeSet::new();
    let mut kept: Vec<(ShownMedia, Span)> = Vec::new();
    for (number, gallery) in (0..).zip(&site.galleries) {
        let sections = gallery.sections().iter();
        let photos = sections.clone().flat_map(Section::photos);
        let photos = photos.map(|picture| (ShownMedia::Photo(picture.photo), picture.span));
        let videos = sections.flat_map(Section::videos).map(|video| (ShownMedia::Video(video.file), video.span));
        let cover = gallery.cover.iter().map(|cover| match cover {
            Cover::Photo(picture) => (ShownMedia::Photo(picture.photo), picture.span),
            Cover::Video(video) => (ShownMedia::Video(video.file), video.span),
        });
        let shown = photos.chain(videos).chain(cover);
        match Audiences::of_media(site, Some(GalleryId(number))) {
            Audience::Everybody => open.extend(shown.map(|(shown, _)| shown)),
            Audience::Holders(_) => kept.extend(shown),
        }
    }
    let mut told = BTreeSet::new();
    for (shown, span) in kept {
        if open.contains(&shown) && told.insert(shown) {
            let message = format!("`{}` is protected here, but a public page shows it as well", shown.path(site));
            let help = "remove the file from the public page, or protect that page as well";
            report.push(Diagnostic::new(Code::PrivacyOpenCopy, message).at(span).help(help));
        }
    }
}
