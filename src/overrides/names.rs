//! Names of the templates that pages and feeds are made of. Those of sections are `source::section_template`'s.

pub(super) const BASE: &str = "base.html";
pub(super) const INDEX: &str = "index.html";
pub(super) const STORY: &str = "gallery-index.html";
pub(super) const STATIC: &str = "page.html";
pub(super) const MENU: &str = "menu.html";
pub(super) const FOOTER: &str = "footer.html";
pub(super) const META: &str = "opengraph.html";
pub(super) const SHARE: &str = "share.html";
pub(super) const FEED: &str = "feed.xml";
pub(super) const FEED_ITEM: &str = "item.html";
