//! The theme `light`, and the light copies of galleries.

use crate::support::{SiteBuilder, every_link_leads_somewhere, quadrants};

const GALLERY: &str = "date: 2024-01-01\ncover: one.jpg\nsections:\n\
    - type: full-picture\n  image: {name: one.jpg, alt: A field}\n\
    - type: pictures-group\n  images: [[one.jpg, two.jpg]]\n\
    - type: paragraph\n  title: Notes\n  text: 'See <a href=\"notes.txt\">the notes</a>.'\n";

/// Returns a site of two stories, and an index with one inside. `root`: further lines of the root's settings.
fn site(root: &str, first: &str, nest: &str) -> SiteBuilder {
    let mut site = SiteBuilder::new()
        .settings("settings.yaml", &format!("title: Fields\nurl: https://fields.example\n{root}"))
        .settings("nest/settings.yaml", &format!("title: Nest\n{nest}"));
    for (folder, more) in [("first", first), ("second", ""), ("nest/inner", "")] {
        site = site
            .settings(&format!("{folder}/settings.yaml"), &format!("title: Story\n{more}{GALLERY}"))
            .photo(&format!("{folder}/one.jpg"), quadrants(2000, 1200))
            .photo(&format!("{folder}/two.jpg"), quadrants(90, 120))
            .file(&format!("site/{folder}/notes.txt"), b"Notes");
    }
    site
}

fn has(site: &SiteBuilder, page: &str) -> bool {
    site.output().0.contains_key(page)
}

fn is_light(page: &str) -> bool {
    page.contains("assets/light-") && !page.contains("<script") && !page.contains("assets/exposure-")
}

#[test]
fn light_mode_gives_every_gallery_a_small_copy() {
    let site = site("settings: {light_mode: true}\n", "light_mode: false\n", "");
    let run = site.build();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    // A gallery's own setting takes precedence, and an index has no copy.
    assert!(!has(&site, "first/light/index.html") && !has(&site, "nest/light/index.html"));
    assert!(!site.page("first/index.html").contains("Light version"));
    for folder in ["second", "nest/inner"] {
        let (full, light) =
            (site.page(&format!("{folder}/index.html")), site.page(&format!("{folder}/light/index.html")));
        assert!(
            !is_light(&full)
                && full.contains("<link rel=\"alternate\" href=\"light/index.html\" title=\"Light version\">")
        );
        assert!(full.contains("<a href=\"light/index.html\">Light version</a>"));
        assert!(is_light(&light) && light.contains("<a href=\"../index.html\">Full version</a>"));
        assert!(light.contains(&format!("<link rel=\"canonical\" href=\"https://fields.example/{folder}/\">")));
        assert!(light.contains("<a href=\"../notes.txt\">") && light.contains("alt=\"A field\""));
        assert!(light.contains("1440w") && !light.contains("1920w"), "{light}");
        assert!(light.len() < 4096, "{} bytes", light.len());
    }
    for listing in ["sitemap.xml", "feed.xml", "atom.xml", "feed.json"] {
        assert!(!site.page(listing).contains("/light/"), "{listing}");
    }
    every_link_leads_somewhere(&site.root().join("build"));
    assert!(site.build().stdout.contains("0 written, 0 removed"));
}

#[test]
fn without_light_mode_its_copies_go_and_nothing_is_made_anew() {
    let site = site("", "light_mode: true\n", "");
    site.build();
    assert!(has(&site, "first/light/index.html") && !has(&site, "second/light/index.html"));
    site.write("first/settings.yaml", format!("title: Story\n{GALLERY}").as_bytes());
    let run = site.build();
    assert_eq!(run.made_and_reused().0, 0);
    assert!(!site.root().join("build/first/light").exists());
    assert!(!site.output().paths().iter().any(|path| path.contains("assets/light-")));
}

#[test]
fn the_theme_light_shows_every_page_without_scripts() {
    let site = site("settings: {theme: light, light_mode: true}\nmenu: [first: First]\n", "", "");
    let run = site.build();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    for page in ["index.html", "first/index.html", "nest/index.html", "nest/inner/index.html"] {
        let page = site.page(page);
        assert!(is_light(&page) && page.matches("<h1>").count() == 1, "{page}");
    }
    // A gallery that is already light has no copy.
    assert!(!site.output().paths().iter().any(|path| path.contains("/light/")));
    assert!(site.page("first/index.html").contains("href=\"notes.txt\""));
    every_link_leads_somewhere(&site.root().join("build"));
}

#[test]
fn a_theme_goes_down_to_the_galleries_inside() {
    let light = |site: &SiteBuilder| {
        site.build();
        ["index.html", "first/index.html", "nest/index.html", "nest/inner/index.html"]
            .map(|page| is_light(&site.page(page)))
    };
    // In the root: for nested indexes and galleries inside them.
    assert_eq!(light(&site("theme: light\n", "", "")), [false, false, true, true]);
    assert_eq!(light(&site("theme: exposure\nsettings: {theme: light}\n", "", "")), [true, true, false, false]);
    // In an index: for itself and galleries inside. That of a story has no effect.
    assert_eq!(light(&site("", "theme: light\n", "theme: light\n")), [false, false, true, true]);
    assert_eq!(light(&site("theme: light\n", "", "theme: exposure\n")), [false; 4]);
}

#[test]
fn the_light_copy_of_a_protected_gallery_is_protected_too() {
    let site = site("", "light_mode: true\npassword: seven quiet herons\nprotect: media\n", "");
    site.build();
    let page = site.page("first/light/index.html");
    assert!(page.contains("data-salt") && !page.contains("Notes") && !page.contains("canonical"));
    let tree = site.output();
    assert!(
        !tree.paths().iter().any(|path| path.starts_with("first/") && path.ends_with(".jpg")),
        "{:?}",
        tree.paths()
    );
    every_link_leads_somewhere(&site.root().join("build"));
}

#[test]
fn a_file_of_the_authors_does_not_take_the_place_of_a_light_copy() {
    let site =
        site("include: [first/light]\n", "light_mode: true\n", "").file("site/first/light/index.html", b"<p>Mine");
    let run = site.run(&["build"]).exit(1);
    assert!(run.stderr.contains("`first/light/index.html` would replace the page"), "{}", run.stderr);
}
