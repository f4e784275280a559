//! The picture by which feeds and other sites show a page.

use crate::media_type::media_type;
use crate::plan::{OfferedFile, Plan};
use crate::site::{Cover, Gallery, Site};

/// A picture by which feeds and other sites show a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Preview {
    /// Full address.
    pub(super) address: String,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Description for those who do not see the picture; may be empty.
    pub(super) alt: String,
    pub(super) media_type: &'static str,
}

/// Width in pixels that other sites ask for at least.
const PREVIEW_WIDTH: u32 = 1200;

/// The cover of a gallery in a size for other sites; `None` if it has no cover.
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

/// Without the characters that XML 1.0 (section 2.2) has no way to write.
pub(super) fn xml_text(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}
