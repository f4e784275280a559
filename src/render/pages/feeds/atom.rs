//! Atom feeds (RFC 4287).

use askama::Template;

use super::entry::{Channel, rfc3339};

#[derive(Debug, Template)]
#[template(path = "feeds/atom.xml")]
struct Atom<'a> {
    channel: &'a Channel,
    updated: String,
}

/// Writes the feed.
pub(super) fn write(channel: &Channel) -> String {
    Atom { channel, updated: rfc3339(channel.updated()) }.to_string()
}
