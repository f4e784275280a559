//! What all feeds have in common: a channel and its entries, newest first.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::dates::rfc822;
use crate::plan::{FeedKind, OfferedFile, OutputPath, Plan};
use crate::site::{Body, Cover, Gallery, GalleryId, Site};

/// A feed as a whole; texts are plain.
#[derive(Debug)]
pub(super) struct Channel {
    pub(super) title: String,
    /// May be empty.
    pub(super) description: String,
    /// Of the front page.
    pub(super) link: String,
    /// Of the feed itself.
    pub(super) address: String,
    pub(super) language: String,
    pub(super) entries: Vec<Entry>,
}

/// A story.
#[derive(Debug)]
pub(super) struct Entry {
    /// The address of its page, which is also what it is known by: it stays as long as the folder is called so.
    pub(super) link: String,
    pub(super) title: String,
    /// May be empty.
    pub(super) summary: String,
    pub(super) date: Option<Date>,
    pub(super) tags: Vec<String>,
    pub(super) language: String,
    pub(super) cover: Option<Preview>,
}

/// A picture that stands for a page elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render::pages) struct Preview {
    /// Its full address.
    pub(in crate::render::pages) address: String,
    pub(in crate::render::pages) width: u32,
    pub(in crate::render::pages) height: u32,
    /// Description for those who do not see it; may be empty.
    pub(in crate::render::pages) alt: String,
    pub(in crate::render::pages) media_type: &'static str,
}

/// What other sites ask for at least.
const PREVIEW_WIDTH: u32 = 1200;

impl Channel {
    pub(super) fn new(site: &Site, plan: &Plan, kind: FeedKind) -> Self {
        let address = |path: &str| site.address(path).unwrap_or_default();
        let mut stories: Vec<(&Gallery, GalleryId)> = (0..)
            .map(GalleryId)
            .zip(&site.galleries)
            .map(|(id, gallery)| (gallery, id))
            .filter(|(gallery, id)| {
                matches!(gallery.body, Body::Story(_)) && site.lineage(*id).all(|gallery| gallery.public)
            })
            .collect();
        // As on the front page: equal dates in reversed order of folders, those without a date last.
        stories.sort_by_key(|(gallery, _)| Reverse((gallery.date, &gallery.path)));
        Self {
            title: xml_text(&site.title.plain()),
            description: xml_text(&site.sub_title.plain()),
            link: address(""),
            address: address(&kind.path().url()),
            language: site.language.clone(),
            entries: stories.into_iter().map(|(gallery, _)| Entry::new(site, plan, gallery)).collect(),
        }
    }

    /// The newest date that there is.
    pub(super) fn updated(&self) -> Option<Date> {
        self.entries.iter().filter_map(|entry| entry.date).max()
    }
}

impl Entry {
    fn new(site: &Site, plan: &Plan, gallery: &Gallery) -> Self {
        let is_open = gallery.password.is_none();
        let link = site.address(&OutputPath::page(&gallery.path).url()).unwrap_or_default();
        Self {
            link,
            title: xml_text(&gallery.title.plain()),
            summary: if is_open { xml_text(&gallery.sub_title.plain()) } else { String::new() },
            date: gallery.date,
            tags: if is_open { gallery.tags.iter().map(|tag| xml_text(tag)).collect() } else { Vec::new() },
            language: gallery.language.clone(),
            cover: if is_open { preview(site, plan, gallery) } else { None },
        }
    }

    /// Its date as RSS has it.
    pub(super) fn rfc822(&self) -> Option<String> {
        self.date.map(rfc822)
    }

    /// Its date as Atom has it.
    pub(super) fn rfc3339(&self) -> String {
        rfc3339(self.date)
    }

    /// What a reader shows: the second title, and the cover as a link to the story. Markup.
    pub(super) fn html(&self) -> String {
        let mut html = String::new();
        if !self.summary.is_empty() {
            html.push_str(&format!("<p>{}</p>", escaped(&self.summary)));
        }
        if let Some(Preview { address, width, height, alt, .. }) = &self.cover {
            html.push_str(&format!(
                "<p><a href=\"{}\"><img src=\"{}\" width=\"{width}\" height=\"{height}\" alt=\"{}\"></a></p>",
                escaped(&self.link),
                escaped(address),
                escaped(alt),
            ));
        }
        html
    }
}

/// The cover of a gallery in a size for other sites, of a video a frame; `None` if it has none.
pub(in crate::render::pages) fn preview(site: &Site, plan: &Plan, gallery: &Gallery) -> Option<Preview> {
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
        media_type: if path.as_path().extension() == "png" { "image/png" } else { "image/jpeg" },
    })
}

/// Without the characters that XML 1.0 (section 2.2) has no way to write.
fn xml_text(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// `2016-01-15T00:00:00Z` (RFC 3339). Atom asks every entry for a time; the beginning of all time is that of an entry without a date.
pub(super) fn rfc3339(date: Option<Date>) -> String {
    match date {
        Some(date) => format!("{date}T00:00:00Z"),
        None => "1970-01-01T00:00:00Z".to_owned(),
    }
}
