//! Feeds and the sitemap.
//!
//! In: a [`Site`] with a known URL, and its [`Plan`]. Out: the text of one file. Pure: all dates come from authors, never from the clock,
//! so a feed changes only when a story changes. A feed lists a story if the story and all galleries around it are public. It omits subtitle,
//! tags and cover of a protected story.

mod atom;
mod entry;
mod json;
mod rss;
mod sitemap;

use self::entry::Channel;
use crate::plan::{FeedKind, Plan};
use crate::site::Site;

/// Returns the text of a feed.
pub(super) fn feed(site: &Site, plan: &Plan, kind: FeedKind) -> String {
    let channel = Channel::new(site, plan, kind);
    match kind {
        FeedKind::Rss => rss::write(&channel),
        FeedKind::Atom => atom::write(&channel),
        FeedKind::Json => json::write(&channel),
    }
}

/// Returns the text of the sitemap.
pub(super) fn sitemap(site: &Site, plan: &Plan) -> String {
    sitemap::write(site, plan)
}

#[cfg(test)]
mod tests;
