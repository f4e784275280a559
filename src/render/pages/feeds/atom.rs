//! Atom (RFC 4287).

use askama::Template;

use super::entry::{Channel, Preview, rfc3339};

#[derive(Debug, Template)]
#[template(path = "feeds/atom.xml")]
struct Atom<'a> {
    channel: &'a Channel,
    updated: String,
    entries: Vec<AtomEntry<'a>>,
}

#[derive(Debug)]
struct AtomEntry<'a> {
    link: &'a str,
    language: &'a str,
    title: &'a str,
    summary: &'a str,
    updated: String,
    tags: &'a [String],
    html: String,
    cover: Option<&'a Preview>,
}

/// The feed.
pub(super) fn write(channel: &Channel) -> String {
    let entries = channel.entries.iter().map(|entry| AtomEntry {
        link: &entry.link,
        language: &entry.language,
        title: &entry.title,
        summary: &entry.summary,
        updated: rfc3339(entry.date),
        tags: &entry.tags,
        html: entry.html(),
        cover: entry.cover.as_ref(),
    });
    Atom { channel, updated: rfc3339(channel.updated()), entries: entries.collect() }.to_string()
}
