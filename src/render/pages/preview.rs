//! Preview pictures of pages, for feeds and other sites.

use crate::media_type::media_type;
use crate::plan::{OfferedFile, Plan};
use crate::site::{Cover, Gallery, Site};

/// A picture that represents a page in feeds and on other sites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Preview {
    /// Absolute URL.
    pub(super) address: String,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Text alternative; may be empty.
    pub(super) alt: String,
    pub(super) media_type: &'static str,
}

/// Minimum width that other sites require, in pixels.
const PREVIEW_WIDTH: u32 = 1200;

/// Returns the cover of a gallery in a size for other sites; `None` if the gallery has no cover, or the site no URL.
pub(super) fn preview(site: &Site, plan: &Plan, gallery: &Gallery) -> Option<Preview> {
    let (offered, alt) = match gallery.cover.as_ref()? {
        Cover::Photo(picture) => (plan.offered(picture), picture.told.clone()),
        Cover::Video(video) => (plan.offered_cover(video), video.caption.plain()),
    };
    let large = offered.plain().iter().find(|file| file.size.width >= PREVIEW_WIDTH);
    let OfferedFile { path, size } = large.or(offered.plain().last())?;
    Some(Preview {
        address: site.address(&path.url())?,
        width: size.width,
        height: size.height,
        alt: xml_text(&alt),
        media_type: media_type(path.as_path().extension()),
    })
}

/// Removes the characters that XML 1.0 does not allow (section 2.2).
pub(super) fn xml_text(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}
