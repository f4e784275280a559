//! Names of the templates for pages and feeds. `source::section_template` gives the names of section templates.

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
