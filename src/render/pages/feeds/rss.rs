//! RSS 2.0, with the namespaces of Atom (where the feed itself is) and Media RSS (pictures).

use askama::Template;
use jiff::civil::Date;

use super::entry::{Channel, Preview};

#[derive(Debug, Template)]
#[template(path = "feeds/feed.xml")]
struct Rss<'a> {
    channel: &'a Channel,
    updated: Option<String>,
    items: Vec<Item<'a>>,
}

#[derive(Debug)]
struct Item<'a> {
    link: &'a str,
    title: &'a str,
    date: Option<String>,
    tags: &'a [String],
    html: String,
    cover: Option<&'a Preview>,
}

/// The feed.
pub(super) fn write(channel: &Channel) -> String {
    let items = channel.entries.iter().map(|entry| Item {
        link: &entry.link,
        title: &entry.title,
        date: entry.date.map(rfc822),
        tags: &entry.tags,
        html: entry.html(),
        cover: entry.cover.as_ref(),
    });
    Rss { channel, updated: channel.updated().map(rfc822), items: items.collect() }.to_string()
}

/// `Fri, 15 Jan 2016 00:00:00 +0000` (RFC 822 with the four digits of RFC 1123).
fn rfc822(date: Date) -> String {
    date.strftime("%a, %d %b %Y 00:00:00 +0000").to_string()
}
