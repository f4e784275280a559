//! The data that all feed formats share: a channel and its entries, newest first.

use jiff::civil::Date;

use crate::dates::rfc822;
use crate::plan::{FeedKind, OutputPath, Plan, feed_stories};
use crate::render::pages::preview::{Preview, preview, xml_text};
use crate::site::{Gallery, Site};

/// A feed; all texts are plain.
#[derive(Debug)]
pub(super) struct Channel {
    pub(super) title: String,
    /// Description; may be empty.
    pub(super) description: String,
    /// URL of the front page.
    pub(super) link: String,
    /// URL of the feed itself.
    pub(super) address: String,
    pub(super) language: String,
    pub(super) entries: Vec<FeedEntry>,
}

/// A story in a feed.
#[derive(Debug)]
pub(super) struct FeedEntry {
    /// URL of the story's page, and identifier of the entry: both stay the same until the folder is renamed.
    pub(super) link: String,
    pub(super) title: String,
    /// Plain text; may be empty.
    pub(super) summary: String,
    pub(super) date: Option<Date>,
    pub(super) tags: Vec<String>,
    pub(super) language: String,
    pub(super) cover: Option<Preview>,
}

impl Channel {
    pub(super) fn new(site: &Site, plan: &Plan, kind: FeedKind) -> Self {
        let address = |path: &str| site.address(path).unwrap_or_default();
        let stories = feed_stories(site).into_iter().map(|id| &site.galleries[id.index()]);
        Self {
            title: xml_text(&site.title.plain()),
            description: xml_text(&site.sub_title.plain()),
            link: address(""),
            address: address(&kind.path().url()),
            language: site.language.clone(),
            entries: stories.map(|gallery| FeedEntry::new(site, plan, gallery)).collect(),
        }
    }

    /// Returns the newest date of all entries.
    pub(super) fn updated(&self) -> Option<Date> {
        self.entries.iter().filter_map(|entry| entry.date).max()
    }
}

impl FeedEntry {
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

    /// Returns the date in the format of RSS.
    pub(super) fn rfc822(&self) -> Option<String> {
        self.date.map(rfc822)
    }

    /// Returns the date in the format of Atom.
    pub(super) fn rfc3339(&self) -> String {
        rfc3339(self.date)
    }

    /// Returns the content of the entry as HTML: the subtitle, and the cover with a link to the story.
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

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Formats a date as in RFC 3339: `2016-01-15T12:00:00Z`, at noon as in RSS. Atom requires a time for every entry; an entry without a date
/// gets the day of the epoch.
pub(super) fn rfc3339(date: Option<Date>) -> String {
    match date {
        Some(date) => format!("{date}T12:00:00Z"),
        None => "1970-01-01T12:00:00Z".to_owned(),
    }
}
