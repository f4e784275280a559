//! Tests of whole pages.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::Pages;
use super::page_file::PageFile;
use super::sample::{Texts, pages, pages_of, site};
use crate::lock::Keyring;
use crate::plan::{FormatSet, OutputPath, Plan, Rendition, RenditionId, plan};
use crate::site::{Body, Fragment, SectionKind, Site};
use crate::source::{SitePath, Theme};

/// A start tag of a page: its name, and its attributes with unescaped values.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Parses the start tags of a page. Supports the HTML of the templates: attributes are quoted or have no value.
fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() {
            continue;
        }
        rest = &rest[name.len()..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if rest.is_empty() || rest.starts_with(['>', '/']) {
                break;
            }
            let end = rest.find(['=', '>', ' ', '\n']).unwrap_or(rest.len());
            let key = rest[..end].to_owned();
            rest = &rest[end..];
            let mut value = String::new();
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let end = quoted.find('"').expect("a quoted value ends");
                value = unescape(&quoted[..end]);
                rest = &quoted[end + 1..];
            }
            assert!(!key.is_empty(), "an attribute without a name: {rest:.60}");
            attributes.push((key, value));
        }
        tags.push(Tag { name, attributes });
    }
    tags
}

fn unescape(text: &str) -> String {
    text.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&")
}

fn text(file: &PageFile) -> &str {
    std::str::from_utf8(&file.bytes).expect("pages are UTF-8")
}

fn page<'a>(pages: &'a Pages, path: &str) -> &'a str {
    text(pages.pages.iter().find(|page| page.path.to_string() == path).expect("the page is there"))
}

/// Returns all URLs in a page, except those of other sites.
fn local_urls(tags: &[Tag]) -> BTreeSet<String> {
    let mut urls = BTreeSet::new();
    for tag in tags {
        for name in ["href", "src", "poster"] {
            urls.extend(tag.get(name).map(str::to_owned));
        }
        for candidate in tag.get("srcset").into_iter().flat_map(|srcset| srcset.split(", ")) {
            let (url, width) = candidate.rsplit_once(' ').expect("a candidate has a width");
            assert!(width.ends_with('w') && !url.contains([' ', ',']), "{candidate}");
            urls.insert(url.to_owned());
        }
    }
    urls.retain(|url| !url.starts_with("https://") && !url.starts_with('#'));
    urls
}

/// Returns the file that a URL on a page in `folder` refers to.
fn resolve(folder: &SitePath, url: &str) -> OutputPath {
    let url = url.split('?').next().unwrap_or(url);
    let decoded = percent_encoding::percent_decode_str(url).decode_utf8().expect("URLs are UTF-8");
    let path = folder.join(&decoded).expect("a link inside the output");
    if decoded.is_empty() || decoded.ends_with('/') { OutputPath::page(&path) } else { OutputPath::from_path(path) }
}

/// Returns the paths of everything published, including the pages.
fn published(site: &Site, pages: &Pages) -> BTreeSet<OutputPath> {
    let plan = plan(site, &Keyring::default());
    let media = plan.media().cloned();
    let written = pages.pages.iter().chain(&pages.assets).map(|file| file.path.clone());
    media.chain(written).collect()
}

/// Checks the guarantees for every page, whatever its author wrote.
fn keeps_promises(site: &Site) {
    let pages = pages(site);
    let published = published(site, &pages);
    let copies = site.galleries.iter().filter(|gallery| gallery.light).count();
    assert_eq!(pages.pages.len(), site.galleries.len() + copies + 1);
    for page in &pages.pages {
        let tags = tags(text(page));
        for url in local_urls(&tags) {
            let target = resolve(&page.path.folder(), &url);
            assert!(published.contains(&target), "{} links to {url}, which is {target}", page.path);
        }
        for tag in &tags {
            assert!(tag.get("style").is_none() && tag.name != "style", "{tag:?}");
            assert!(!tag.attributes.iter().any(|(name, _)| name.starts_with("on")), "{tag:?}");
            assert!(tag.name != "script" || tag.get("src").is_some(), "{tag:?}");
            if tag.name == "img" {
                // A video's picture on paper has the one size that its poster has.
                let on_paper = tag.get("class").is_some_and(|class| class.starts_with("paper"));
                let needed = ["width", "height", "alt", "src", "srcset", "sizes"];
                for name in &needed[..if on_paper { 4 } else { 6 }] {
                    assert!(tag.get(name).is_some(), "{tag:?} has no {name}");
                }
            }
        }
        let eager = tags.iter().filter(|tag| tag.name == "img" && tag.get("loading").is_none());
        assert!(eager.clone().count() <= 1, "{}", page.path);
        assert!(eager.into_iter().all(|tag| tag.get("fetchpriority") == Some("high")));
        assert_eq!(tags.iter().filter(|tag| tag.name == "h1").count(), 1, "{}", page.path);
    }
}

#[test]
fn every_page_keeps_its_promises() {
    keeps_promises(&site(&Texts::default()));
}

#[test]
fn hostile_names_and_texts_break_nothing() {
    let html = "Tom & \"Jerry\" 'x' > y";
    keeps_promises(&site(&Texts {
        html,
        plain: "\"><script>alert(1)</script>",
        name: ",a b, \"c\" <d> 50% #1? &amp; é 🦦,",
    }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_text_or_name_breaks_a_page(plain in "\\PC*", name in "[^/\\x00]{1,12}", html in "[^<>]*") {
        prop_assume!(name != "." && name != ".." && name != "first");
        keeps_promises(&site(&Texts { html: &html, plain: &plain, name: &name }));
    }
}

#[test]
fn markup_stays_in_bodies_and_is_taken_out_of_attributes() {
    let pages = pages(&site(&Texts { html: "<em>Deep</em> &amp; <b>wide</b>", ..Texts::default() }));
    let story = page(&pages, "alps/index.html");
    assert!(story.contains("<title>Deep &#38; wide · Deep &#38; wide</title>"), "{story:.400}");
    assert!(story.contains("<h1><em>Deep</em> &amp; <b>wide</b></h1>"));
    assert!(tags(story).iter().any(|tag| tag.get("content") == Some("Deep & wide")));
}

#[test]
fn only_private_galleries_ask_not_to_be_indexed() {
    let pages = pages(&site(&Texts::default()));
    let noindex = "<meta name=\"robots\" content=\"noindex\">";
    assert!(page(&pages, "private/index.html").contains(noindex));
    assert!(!page(&pages, "alps/index.html").contains(noindex));
    assert!(!page(&pages, "index.html").contains(noindex));
}

#[test]
fn stories_link_to_their_neighbours_and_back() {
    let pages = pages(&site(&Texts::default()));
    let rel = |path: &str, rel: &str| {
        tags(page(&pages, path))
            .iter()
            .find(|tag| tag.get("rel") == Some(rel))
            .and_then(|tag| Some(tag.get("href")?.to_owned()))
    };
    assert_eq!(rel("alps/index.html", "next").as_deref(), Some("../nested/index.html"));
    assert_eq!(rel("alps/index.html", "prev"), None);
    assert_eq!(rel("nested/summer/index.html", "prev").as_deref(), Some("../first/index.html"));
    assert_eq!(rel("nested/summer/index.html", "next"), None);
    assert_eq!(rel("private/index.html", "next"), None);
    let back = |path: &str| {
        tags(page(&pages, path))
            .iter()
            .find(|tag| tag.get("class") == Some("back"))
            .and_then(|tag| Some(tag.get("href")?.to_owned()))
    };
    assert_eq!(back("nested/summer/index.html").as_deref(), Some("../index.html"));
    assert_eq!(back("nested/index.html").as_deref(), Some("../index.html"));
    assert_eq!(back("index.html"), None);
}

#[test]
fn the_menu_leads_from_the_root_and_marks_the_page_itself() {
    let pages = pages(&site(&Texts::default()));
    let menu = |path: &str| page(&pages, path).split("<nav class=\"menu\"").nth(1).map(|rest| rest.to_owned());
    assert!(menu("index.html").expect("a menu").contains("<a href=\"about/index.html\">"));
    assert!(menu("nested/index.html").expect("a menu").contains("<a href=\"../about/index.html\">"));
    assert!(
        menu("about/index.html").expect("a menu").contains("<a href=\"../about/index.html\" aria-current=\"page\">")
    );
    assert!(menu("about/index.html").expect("a menu").contains("<a href=\"https://example.org/?a&#38;b\">"));
    assert_eq!(menu("alps/index.html"), None);
}

#[test]
fn a_first_picture_without_text_leaves_the_title_to_screen_readers() {
    let mut site = site(&Texts::default());
    if let Body::Story(sections) = &mut site.galleries[1].body
        && let SectionKind::FullPicture { overlay, .. } = &mut sections[0].kind
    {
        *overlay = None;
    }
    let pages = pages(&site);
    assert!(page(&pages, "alps/index.html").contains("<h1 class=\"unseen\">"));
}

#[test]
fn a_licence_may_have_no_address() {
    let mut site = site(&Texts::default());
    site.licence.url.clear();
    site.licence.name = Fragment::new("All rights reserved");
    assert!(page(&pages(&site), "index.html").contains("<p>Photographs: All rights reserved</p>"));
}

#[test]
fn authors_colours_and_placeholders_stand_in_the_pages_own_sheet() {
    let pages = pages(&site(&Texts::default()));
    let sheet = pages.assets.iter().find(|file| file.path.to_string().starts_with("alps/page-")).expect("a sheet");
    for rule in [
        "background: #123456;",
        "color: black;",
        "object-position: 50% 20%;",
        "background-image: linear-gradient(#0a141e, #28323c, #46505a);",
        "--aside: 40%;",
        "--ratio: 1.5; --natural: 3840px;",
    ] {
        assert!(text(sheet).contains(rule), "{rule}");
    }
}

#[test]
fn pages_are_the_same_each_time() {
    let site = site(&Texts::default());
    let (first, second) = (pages(&site), pages(&site));
    assert_eq!((first.pages, first.assets), (second.pages, second.assets));
}

/// Returns the plan of a site, with every picture also in WebP.
fn in_two_formats(site: &Site, keys: &Keyring) -> Plan {
    let mut plan = plan(site, keys);
    let mut pictures = plan.pictures.clone();
    for picture in pictures.values_mut() {
        let candidates = picture.sets[0].candidates.iter().map(|&id| {
            let rendition = plan.rendition(id).clone();
            let path = rendition.path.as_ref().expect("published");
            let name = path.as_path().name().replace(".jpg", ".webp");
            plan.renditions.push(Rendition { path: Some(OutputPath::new(&path.folder(), &name)), ..rendition });
            RenditionId::at(plan.renditions.len() - 1)
        });
        let webp = FormatSet { media_type: "image/webp", candidates: candidates.collect() };
        picture.sets.insert(0, webp);
    }
    plan.pictures = pictures;
    plan
}

#[test]
fn a_picture_in_two_formats_offers_both_and_the_plain_one_to_all_browsers() {
    let plain = site(&Texts::default());
    let mut light = site(&Texts::default());
    light.galleries.iter_mut().for_each(|gallery| gallery.theme = Theme::Light);
    let keys = Keyring::default();
    for site in [plain, light] {
        let html = |plan: &Plan| page(&pages_of(&site, plan, &keys), "alps/index.html").to_owned();
        let one = html(&plan(&site, &keys));
        assert!(!one.contains("<picture") && !one.contains("<source type=\"image"));
        let two = html(&in_two_formats(&site, &keys));
        let images = two.matches("<img").count() - two.matches("<img class=\"paper").count();
        assert!(images > 5 && two.matches("<picture><source type=\"image/webp\" srcset=\"").count() == images);
        let first = two.split("<picture>").nth(1).and_then(|rest| rest.split("</picture>").next()).expect("a picture");
        let [source, image] = &tags(first)[..] else { panic!("a source and an image: {first}") };
        assert_eq!(source.get("sizes"), image.get("sizes"));
        let webp = image.get("srcset").expect("candidates").replace(".jpg", ".webp");
        assert_eq!(source.get("srcset"), Some(&*webp));
        assert!(image.get("src").is_some_and(|src| src.ends_with(".jpg")));
    }
}
