//! Feeds and the sitemap: the site for programs.
//!
//! In: a [`Site`] whose address is known, and its [`Plan`]. Out: the text of one file. Pure: dates are those that authors wrote, never the
//! clock's, so a feed changes only when a story does. A story is listed if it and all that it is in are public; of one that is
//! protected no more is told than its title.

mod atom;
mod entry;
mod json;
mod rss;
mod sitemap;

use self::entry::Channel;
use crate::plan::{FeedKind, Plan};
use crate::site::Site;

/// A feed.
pub(super) fn feed(site: &Site, plan: &Plan, kind: FeedKind) -> String {
    let channel = Channel::new(site, plan, kind);
    match kind {
        FeedKind::Rss => rss::write(&channel),
        FeedKind::Atom => atom::write(&channel),
        FeedKind::Json => json::write(&channel),
    }
}

/// The sitemap.
pub(super) fn sitemap(site: &Site, plan: &Plan) -> String {
    sitemap::write(site, plan)
}

#[cfg(test)]
mod tests;
