//! Tests of feeds and the sitemap, read with an XML parser.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::{feed, sitemap};
use crate::lock::Keyring;
use crate::plan::{FeedKind, plan};
use crate::render::pages::sample::{self, Texts};
use crate::site::{Sharing, Site};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const MEDIA: &str = "http://search.yahoo.com/mrss/";

/// Texts that break the output unless they are escaped.
const NASTY: Texts<'_> =
    Texts { html: "Tom &amp; <b>\"Jerry\"</b> ]]> \u{1}\u{ffff}é", plain: "a & b < c > \"d\" 'e'", name: "x & y #1" };

fn site() -> Site {
    let mut site = sample::site(&NASTY);
    site.url = Some("https://example.org/photos".to_owned());
    site.sharing = Sharing { feeds: true, links: true, cards: true };
    site
}

fn written(site: &Site, kind: FeedKind) -> String {
    feed(site, &plan(site, &Keyring::default()), kind)
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|child| child.tag_name().name() == name)
}

fn text<'a>(node: Node<'a, 'a>, name: &str) -> &'a str {
    child(node, name).and_then(|node| node.text()).unwrap_or_default()
}

#[test]
fn rss_has_what_its_specification_asks_for() {
    let text_of = written(&site(), FeedKind::Rss);
    let document = Document::parse(&text_of).expect("well-formed");
    let rss = document.root_element();
    assert_eq!((rss.tag_name().name(), rss.attribute("version")), ("rss", Some("2.0")));
    let channel = child(rss, "channel").expect("a channel");
    assert_eq!(text(channel, "link"), "https://example.org/photos/");
    assert_eq!(text(channel, "title"), "Tom & \"Jerry\" ]]> é");
    let itself = channel.children().find(|node| node.has_tag_name((ATOM, "link"))).expect("where it is");
    assert_eq!(itself.attribute("href"), Some("https://example.org/photos/feed.xml"));
    let items: Vec<_> = channel.children().filter(|node| node.has_tag_name("item")).collect();
    let guids: BTreeSet<_> = items.iter().map(|item| text(*item, "guid")).collect();
    // The list contains the story and the two stories inside the index, but neither the static page nor the private story.
    let stories = [
        "https://example.org/photos/alps/",
        "https://example.org/photos/nested/first/",
        "https://example.org/photos/nested/x%20&%20y%20%231/",
    ];
    assert_eq!(guids.iter().copied().collect::<Vec<_>>(), stories);
    assert_eq!(items.len(), 3);
    for item in items {
        assert_eq!(text(item, "link"), text(item, "guid"));
        assert_eq!(text(item, "pubDate"), "Fri, 15 Jan 2016 12:00:00 +0000");
        assert!(text(item, "description").starts_with("<p>Tom &amp; &quot;Jerry&quot; ]]&gt; é</p>"));
        let picture = item.children().find(|node| node.has_tag_name((MEDIA, "content"))).expect("a cover");
        assert!(picture.attribute("url").is_some_and(|url| url.starts_with("https://example.org/photos/alps/x%20")));
        assert!(picture.attribute("width").is_some_and(|width| width.parse::<u32>().is_ok_and(|width| width >= 1200)));
    }
}

#[test]
fn atom_has_what_its_specification_asks_for() {
    let mut undated = site();
    undated.galleries[1].date = None;
    let text_of = written(&undated, FeedKind::Atom);
    let document = Document::parse(&text_of).expect("well-formed");
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    for name in ["id", "title", "updated", "author"] {
        assert_eq!(feed.children().filter(|node| node.has_tag_name((ATOM, name))).count(), 1, "{name}");
    }
    let entries: Vec<_> = feed.children().filter(|node| node.has_tag_name((ATOM, "entry"))).collect();
    let updated: Vec<_> = entries.iter().map(|entry| text(*entry, "updated")).collect();
    // Entries without a date come last.
    assert_eq!(updated, ["2016-01-15T12:00:00Z", "2016-01-15T12:00:00Z", "1970-01-01T12:00:00Z"]);
    for entry in entries {
        for name in ["id", "title"] {
            assert_eq!(entry.children().filter(|node| node.has_tag_name((ATOM, name))).count(), 1, "{name}");
        }
    }
}

#[test]
fn the_json_feed_has_what_its_specification_asks_for() {
    let feed: serde_json::Value = serde_json::from_str(&written(&site(), FeedKind::Json)).expect("JSON");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://example.org/photos/feed.json");
    let items = feed["items"].as_array().expect("items");
    assert_eq!(items.len(), 3);
    for item in items {
        assert!(item["id"].is_string() && item["content_html"].is_string(), "{item}");
        assert_eq!(item["date_published"], "2016-01-15T12:00:00Z");
    }
}

#[test]
fn what_is_protected_tells_its_title_and_nothing_else() {
    let mut site = site();
    site.galleries[1].password = Some("secret".to_owned());
    for kind in FeedKind::ALL {
        let written = written(&site, kind);
        assert!(written.contains("https://example.org/photos/alps/"), "{kind:?}");
        let count = |text: &str| written.matches(text).count();
        assert!(count("photos/alps/x%20") < self::written(&self::site(), kind).matches("photos/alps/x%20").count());
    }
    site.password = Some("secret".to_owned());
    assert!(plan(&site, &Keyring::default()).listings.is_empty());
}

#[test]
fn the_sitemap_lists_what_everybody_may_find() {
    let text_of = sitemap(&site(), &plan(&site(), &Keyring::default()));
    let document = Document::parse(&text_of).expect("well-formed");
    let namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    assert!(document.root_element().has_tag_name((namespace, "urlset")));
    let pages: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name((namespace, "loc")))
        .filter_map(|node| node.text())
        .collect();
    assert_eq!(
        pages,
        [
            "https://example.org/photos/",
            "https://example.org/photos/about/",
            "https://example.org/photos/alps/",
            "https://example.org/photos/nested/",
            "https://example.org/photos/nested/first/",
            "https://example.org/photos/nested/x%20&%20y%20%231/",
        ]
    );
}
