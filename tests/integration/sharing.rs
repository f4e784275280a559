//! Feeds, sitemap, and the data of pages for other sites.

use crate::support::{SiteBuilder, every_link_leads_somewhere, quadrants};

fn site(root: &str) -> SiteBuilder {
    SiteBuilder::new()
        .settings("settings.yaml", root)
        .settings("trip/settings.yaml", "title: Trip\ncover: 1.jpg\n")
        .photo("trip/1.jpg", quadrants(1500, 1000))
        .settings(
            "trip/day one/settings.yaml",
            "title: 'One & <b>only</b> \"day\"'\nsub_title: 5 < 6\ndate: 2024-02-03\ncover: {name: 1.jpg, type: image, alt: Four \"colours\"}\n\
             tags: ['#Road trip', </script>]\nsections:\n- {type: bordered-picture, image: 1.jpg}\n",
        )
        .photo("trip/day one/1.jpg", quadrants(1500, 1000))
        .settings("hidden/settings.yaml", "title: Hidden\npublic: false\nsections:\n- {type: text, text: x}\n")
}

#[test]
fn a_site_with_an_address_has_feeds_that_lead_to_its_pages() {
    let site = site("title: T\nurl: https://example.org/photos//\n");
    site.build();
    let feed = site.page("feed.xml");
    let document = roxmltree::Document::parse(&feed).expect("well-formed");
    let links: Vec<_> =
        document.descendants().filter(|node| node.has_tag_name("guid")).filter_map(|node| node.text()).collect();
    assert_eq!(links, ["https://example.org/photos/trip/day%20one/"]);
    assert!(site.page("atom.xml").contains("<id>https://example.org/photos/trip/day%20one/</id>"));
    let json: serde_json::Value = serde_json::from_str(&site.page("feed.json")).expect("JSON");
    assert_eq!(json["items"][0]["title"], "One & only \"day\"");
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.contains("<loc>https://example.org/photos/trip/</loc>") && !sitemap.contains("hidden"));
    assert!(site.page("index.html").contains("href=\"feed.xml\""));
    assert!(site.page("trip/day one/index.html").contains("href=\"../../feed.xml\""));
    every_link_leads_somewhere(&site.root().join("build"));
    // A second build changes nothing.
    assert!(site.build().stdout.contains("0 written, 0 removed"));
    site.write("settings.yaml", b"title: T\nurl: https://example.org/photos\nrss: false\n");
    site.build();
    let files = site.output().0;
    assert!(!files.contains_key("feed.xml") && files.contains_key("sitemap.xml"));
}

#[test]
fn other_sites_are_told_what_a_page_shows_if_the_author_wants() {
    let site = site("title: T\nurl: https://example.org\nshare: true\nsettings: {og: true}\n");
    site.build();
    let page = site.page("trip/day one/index.html");
    assert!(page.contains("<meta property=\"og:title\" content=\"One &#38; only &#34;day&#34;\">"));
    assert!(page.contains("<meta property=\"og:image:width\" content=\"1200\">"));
    assert!(page.contains("<meta property=\"og:image:alt\" content=\"Four &#34;colours&#34;\">"));
    assert!(page.contains("hashtags=Roadtrip%2Cscript"), "{page}");
    let data =
        page.split("<script type=\"application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let data: serde_json::Value = serde_json::from_str(data.expect("linked data")).expect("JSON");
    assert_eq!((&data["@type"], &data["keywords"][1]), (&"ImageGallery".into(), &"</script>".into()));
    assert!(site.page("index.html").contains("<meta property=\"og:type\" content=\"website\">"));
    assert!(!site.page("index.html").contains("class=\"share\""));
}

#[test]
fn the_names_of_all_characters_are_known_in_tabs_feeds_and_cards() {
    let site = SiteBuilder::new()
        .settings("settings.yaml", "title: T\nurl: https://example.org\nsettings: {og: true}\n")
        .settings(
            "a/settings.yaml",
            "title: '&Oslash;sterdalen &scaron;kola'\ncover: 1.jpg\nsections: [{type: text, text: x}]\n",
        )
        .photo("a/1.jpg", quadrants(60, 40));
    site.build();
    let page = site.page("a/index.html");
    assert!(page.contains("<title>Østerdalen škola"), "{page}");
    assert!(page.contains("<meta property=\"og:title\" content=\"Østerdalen škola\">"), "{page}");
    assert!(site.page("feed.xml").contains("<title>Østerdalen škola</title>"), "{}", site.page("feed.xml"));
}

#[test]
fn without_an_address_there_is_none_of_it() {
    let site = site("title: T\nrss: true\nshare: true\n");
    let said = site.build().stderr;
    assert_eq!(said.matches("warning").count(), 1, "{said}");
    assert!(said.contains("the site has no `url`, which is required for feeds (`rss`), links for sharing (`share`)"));
    let files = site.output().0;
    assert!(!["feed.xml", "atom.xml", "feed.json", "sitemap.xml"].iter().any(|name| files.contains_key(*name)));
    let page = site.page("trip/day one/index.html");
    assert!(!page.contains("canonical") && !page.contains("ld+json") && !page.contains("class=\"share\""));
}

#[test]
fn addresses_are_in_ascii_wherever_programs_read_them() {
    for (url, right) in [
        ("https://example.org/été", "https://example.org/%C3%A9t%C3%A9/"),
        ("https://example.org/%C3%A9t%C3%A9/", "https://example.org/%C3%A9t%C3%A9/"),
        ("https://Müller.example/日本/", "https://xn--mller-kva.example/%E6%97%A5%E6%9C%AC/"),
    ] {
        let site = site(&format!("title: T\nurl: {url}\nshare: true\nsettings: {{og: true}}\n"));
        site.build();
        for file in ["sitemap.xml", "feed.xml", "atom.xml", "feed.json", "index.html", "trip/day one/index.html"] {
            let text = site.page(file);
            assert!(text.contains(right), "{file}: {text}");
            assert!(!text.contains("//example.org/é") && !text.contains("//M"), "{file}: {text}");
        }
    }
}
