//! RSS 2.0 feeds, with elements of Atom (the feed's own URL) and Media RSS (pictures).

use askama::Template;

use super::entry::Channel;
use crate::dates::rfc822;

#[derive(Debug, Template)]
#[template(path = "feeds/feed.xml")]
struct Rss<'a> {
    channel: &'a Channel,
    updated: Option<String>,
}

/// Writes the feed.
pub(super) fn write(channel: &Channel) -> String {
    Rss { channel, updated: channel.updated().map(rfc822) }.to_string()
}
