//! Choosing photos by their ratings and keywords.

use super::*;

const NAMES: &str = "xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'";

fn sidecar(rating: i8, keyword: &str) -> Vec<u8> {
    let bag = format!("<dc:subject><rdf:Bag><rdf:li>{keyword}</rdf:li></rdf:Bag></dc:subject>");
    format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <rdf:Description {NAMES} xmp:Rating='{rating}'>{bag}</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    .into_bytes()
}

fn rated() -> SiteBuilder {
    SiteBuilder::new()
        .settings("a/settings.yaml", "title: A\n")
        .photo("a/1.jpg", taken(1, "2024:05:01 10:00:00"))
        .photo("a/2.jpg", taken(2, "2024:05:02 10:00:00"))
        .photo("a/3.jpg", taken(3, "2024:05:03 10:00:00"))
        .file("site/a/1.xmp", &sidecar(5, "Holiday"))
        .file("site/a/2.jpg.xmp", &sidecar(3, "work"))
        .file("site/a/3.xmp", &sidecar(-1, "holiday"))
}

fn text(site: &SiteBuilder) -> String {
    fs::read_to_string(site.root().join("a/settings.yaml")).expect("there")
}

#[test]
fn stars_and_keywords_choose_what_enters() {
    let site = rated();
    assert_eq!(site.run(&["autogen", "-d", "a", "--min-rating", "4"]).success().stdout, "a: added 1 photo\n");
    assert!(text(&site).contains("- [1.jpg]"), "{}", text(&site));
    assert_eq!(site.run(&["sync", "-d", "a", "--keyword", "WORK"]).success().stdout, "a: added 1 photo\n");
    assert!(text(&site).contains("- [2.jpg]"), "{}", text(&site));
    // A rejected photo enters only if its author names it.
    assert_eq!(site.run(&["sync", "-d", "a"]).success().stdout, "a: unchanged: no new photos\n");
    let site = rated();
    let said = site.run(&["autogen", "-d", "a", "--keyword", "none", "--keyword", "holiday"]).success().stdout;
    assert_eq!(said, "a: added 1 photo\n");
    let said = rated().run(&["autogen", "-d", "a", "--keyword", "sea"]).success().stdout;
    assert_eq!(said, "a: unchanged: the folder contains no photo with these stars and keywords\n");
    assert!(rated().run(&["autogen", "-d", "a", "--min-rating", "6"]).exit(2).stderr.contains("6"));
}
