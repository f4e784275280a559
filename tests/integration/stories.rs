//! Galleries, indexes and sections.

use crate::support::{SiteBuilder, quadrants};

fn order(page: &str, titles: &[&str]) -> Vec<String> {
    let mut found: Vec<(usize, String)> =
        titles.iter().filter_map(|title| Some((page.find(&format!("{title}<"))?, (*title).to_owned()))).collect();
    found.sort();
    found.into_iter().map(|(_, title)| title).collect()
}

fn gallery(site: SiteBuilder, path: &str, settings: &str) -> SiteBuilder {
    site.photo(&format!("{path}/1.png"), quadrants(40, 30)).settings(&format!("{path}/settings.yaml"), settings)
}

fn dated() -> SiteBuilder {
    let site = gallery(SiteBuilder::new(), "a", "title: Middle\ndate: 2020-01-01\ncover: 1.png\n");
    let site = gallery(site, "b", "title: Newest\ndate: '2024-01-01'\ncover: 1.png\n");
    let site = gallery(site, "c", "title: Undated\ncover: 1.png\n");
    let site = gallery(site, "d", "title: Oldest\ndate: 2010-01-01\ncover: 1.png\n");
    gallery(site, "e", "title: Private\ndate: 2025-01-01\npublic: false\n")
}

const TITLES: [&str; 5] = ["Newest", "Middle", "Oldest", "Undated", "Private"];

#[test]
fn indexes_run_from_new_to_old_and_the_undated_come_last() {
    let site = dated();
    site.build();
    assert_eq!(order(&site.page("index.html"), &TITLES), ["Newest", "Middle", "Oldest", "Undated"]);
    let site = dated().file("site/settings.yaml", b"title: T\nsettings:\n  reverse: true\n");
    site.build();
    assert_eq!(order(&site.page("index.html"), &TITLES), ["Oldest", "Middle", "Newest", "Undated"]);
}

#[test]
fn nested_galleries_have_an_index_of_their_own() {
    let site = gallery(SiteBuilder::new(), "trip", "title: The trip\ncover: 1.png\n");
    let site = gallery(site, "trip/one", "title: Day one\ndate: 2024-01-01\ncover: 1.png\n");
    let site = gallery(site, "trip/two", "title: Day two\ndate: 2024-01-02\ncover: 1.png\n");
    let site = gallery(site, "trip/hidden", "title: Hidden\npublic: false\n");
    site.build();
    assert_eq!(order(&site.page("index.html"), &["The trip", "Day one"]), ["The trip"]);
    assert_eq!(order(&site.page("trip/index.html"), &["Day one", "Day two", "Hidden"]), ["Day two", "Day one"]);
    assert!(site.page("trip/hidden/index.html").contains("Hidden"));
    crate::support::every_link_leads_somewhere(&site.root().join("build"));
}

#[test]
fn sections_beside_sub_galleries_are_an_error() {
    let site = gallery(SiteBuilder::new(), "trip", "title: T\ncover: 1.png\nsections:\n- type: text\n  text: x\n");
    let site = gallery(site, "trip/one", "title: Day one\ncover: 1.png\n");
    let run = site.run(&["build", "--format", "short"]).exit(1);
    assert!(run.stderr.starts_with("trip/settings.yaml:3:1: error["), "{}", run.stderr);
}

#[test]
fn all_eleven_section_types_are_shown() {
    let sections = "
- type: full-picture
  image: 1.png
  text: {title: Overlay title, sub_title: Overlay below, date: 2024-05-01, date_end: 2024-05-03}
- type: bordered-picture
  image: 1.png
  text: The <em>bordered</em> caption
- type: pictures-group
  images:
  - [1.png, {name: 1.png, text: Group caption}]
  - [1.png]
- type: pictures-group
  images: [1.png, 1.png, 1.png, 1.png]
- type: text
  text: Some <b>text</b>
  background: '#eee'
- type: paragraph
  title: Paragraph title
  text: Paragraph text
  image: {name: 1.png, float: right, size: 300px}
- type: quote
  text: Quoted words
- type: html
  html: <p id=mine>my markup</p>
- type: iframe
  name: <iframe src='https://video.example/1' title=Video></iframe>
- type: panorama
  image: 1.png
- type: audio
  image: song.mp3
  title: A song
- type: author
  name: Ann Author
  image: 1.png
  text: takes pictures
  website: https://ann.example
";
    let site = gallery(SiteBuilder::new(), "a", &format!("title: A\ncover: 1.png\nsections:{sections}"))
        .file("site/a/song.mp3", b"ID3 not really a song");
    let run = site.build();
    let page = site.page("a/index.html");
    for text in [
        "Overlay title",
        "Overlay below",
        "The <em>bordered</em> caption",
        "Group caption",
        "Some <b>text</b>",
        "Paragraph title",
        "Paragraph text",
        "Quoted words",
        "<p id=mine>my markup</p>",
        "<iframe src='https://video.example/1' title=Video></iframe>",
        "A song",
        "<audio",
        "Ann Author",
        "takes pictures",
        "https://ann.example",
    ] {
        assert!(page.contains(text), "{text} in\n{page}");
    }
    assert!(!run.stderr.contains("error"), "{}", run.stderr);
    assert_eq!(site.output().0[site.output().only("a/song-", ".mp3")], b"ID3 not really a song");
    crate::support::every_link_leads_somewhere(&site.root().join("build"));
}

#[test]
fn pages_work_under_a_strict_content_security_policy() {
    let site = gallery(
        SiteBuilder::new(),
        "a",
        "title: A\ncover: 1.png\nsections:\n- type: text\n  text: x\n  background: red\n- type: full-picture\n  image: 1.png\n",
    );
    site.build();
    for (path, bytes) in site.output().0.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains("data:"), "{path}");
        assert!(!html.contains("<script>") && !html.contains(" onclick"), "{path}");
    }
}

#[test]
fn titles_are_html_in_the_body_and_text_elsewhere() {
    let site = gallery(
        SiteBuilder::new(),
        "a",
        "title: '<b>Bold</b> & \"quoted\"'\ncover: {name: 1.png, text: 'a \"caption\"'}\nsections:\n- type: bordered-picture\n  image: {name: 1.png, text: 'say \"<i>hi</i>\"'}\n",
    );
    site.build();
    let page = site.page("a/index.html");
    let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title");
    assert!(title.contains("Bold") && !title.contains("<b>"), "{title}");
    assert!(page.contains("<b>Bold</b>"));
    assert!(page.contains(r#"alt="say &#34;hi&#34;""#) || page.contains(r#"alt="say &quot;hi&quot;""#), "{page}");
}

#[test]
fn a_protected_story_never_leads_the_front_page() {
    let mut site = SiteBuilder::new().settings("settings.yaml", "title: Birds\n");
    for (day, name) in (1..).zip(["a", "b", "c", "d"]) {
        let secret = if day > 2 { "password: seven quiet herons\n" } else { "" };
        site = site.photo(&format!("{name}/1.jpg"), quadrants(90, 60)).settings(
            &format!("{name}/settings.yaml"),
            &format!(
                "title: {name}\ndate: 2024-01-0{day}\ncover: 1.jpg\n{secret}sections: [{{type: text, text: x}}]\n"
            ),
        );
    }
    let order = |page: String| -> String {
        let tiles = page.split("class=\"tiles\"").nth(1).expect("tiles").to_owned();
        tiles.split("<li").skip(1).filter_map(|tile| tile.split("href=\"").nth(1)?.chars().next()).collect()
    };
    site.build();
    assert_eq!(order(site.page("index.html")), "bdca");
    // Without a large tile, all stay in their order.
    site.write("settings.yaml", b"title: Birds\nsettings: {theme: light}\n");
    site.build();
    assert_eq!(order(site.page("index.html")), "dcba");
}
