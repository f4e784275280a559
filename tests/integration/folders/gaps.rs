//! Settings with gaps: what a gallery without sections, a cover or a date shows.

use super::*;

fn gallery(settings: &str) -> SiteBuilder {
    SiteBuilder::new()
        .settings("a/settings.yaml", settings)
        .photo("a/2.jpg", taken(1, "2024:05:01 10:00:00"))
        .photo("a/1.jpg", taken(2, "2024:05:02 10:00:00"))
}

#[test]
fn a_gallery_without_sections_shows_its_photos() {
    let site = gallery("title: A\n");
    let run = site.build();
    assert_eq!(
        run.stderr,
        "showing all photos of the gallery without `sections`: `a` (2); `sections: []` shows none\n"
    );
    assert!(run.stdout.starts_with("1 gallery, 2 photos"), "{}", run.stdout);
    let page = site.page("a/index.html");
    let at = |name| page.find(name).unwrap_or_else(|| panic!("{name}: {page}"));
    assert!(at("href=\"2-") < at("href=\"1-"), "by time: {page}");
    let site = gallery("title: A\ncover: 1.jpg\nsections: []\n");
    assert!(!site.build().stderr.contains("showing"));
    assert!(!site.page("a/index.html").contains("<img"), "{}", site.page("a/index.html"));
}

#[test]
fn a_gallery_whose_choice_is_written_wrongly_shows_nothing_else() {
    for (wrong, place) in [
        ("sectoins:\n- {type: bordered-picture, image: 1.jpg}\n", "3:1: error[settings/unknown-key]"),
        ("Sections: []\n", "3:1: error[settings/unknown-key]"),
        ("images:\n- [1.jpg]\n", "3:1: error[settings/misplaced-key]"),
        ("sections: 1.jpg\n", "3:11: error[settings/invalid-value]"),
    ] {
        let site = gallery(&format!("title: A\ncover: 1.jpg\n{wrong}"));
        let said = site.run(&["build", "--format", "short"]).exit(1).stderr;
        assert!(said.contains(&format!("a/settings.yaml:{place}")) && !said.contains("showing"), "{said}");
        assert!(!site.root().join("build").exists());
        let before = fs::read(site.root().join("a/settings.yaml")).expect("there");
        assert!(site.run(&["autogen", "--all"]).success().stdout.contains("unchanged"));
        let said = site.run(&["sync", "--all", "--format", "short"]).exit(1).stderr;
        assert!(said.contains("error[settings/not-editable]"), "{said}");
        assert_eq!(fs::read(site.root().join("a/settings.yaml")).expect("there"), before);
    }
    // Beside sections, and on a page that shows no photos by itself, the key is only unknown.
    for right in ["sections: []\nsectoins: []\n", "static: true\nsectoins: []\n"] {
        let said = gallery(&format!("title: A\ncover: 1.jpg\n{right}")).build().stderr;
        assert!(said.contains("warning[settings/unknown-key]"), "{said}");
    }
}

#[test]
fn empty_sections_show_none_and_sections_without_value_warn() {
    let site = gallery("title: A\ncover: 1.jpg\nsections: []\n");
    assert_eq!(site.build().stderr, "");
    let said = gallery("title: A\ncover: 1.jpg\nsections:\n# - {type: text}\n").build().stderr;
    assert!(said.contains("a/settings.yaml:3:1: warning[gallery/no-sections]") && said.contains("`a` (2)"), "{said}");
}

#[test]
fn static_pages_and_sites_of_other_programs_show_only_what_they_name() {
    let empty = |site: &SiteBuilder| {
        let run = site.build();
        assert!(!run.stderr.contains("showing"), "{}", run.stderr);
        assert!(!site.output().0.keys().any(|path| path.contains("/2-")), "{:?}", site.output().0.keys());
    };
    let settings = "title: A\ncover: 1.jpg\n";
    empty(&gallery(&format!("{settings}static: true\n")));
    empty(&gallery(settings).file("site/.recitale_cache", b"{}"));
    empty(&gallery(settings).file("site/.prosopopee_cache", b"{}"));
    empty(&gallery(settings).file("site/.gitignore", b"build\n.recitale_cache\n"));
    empty(&gallery(settings).file("site/templates/readme.txt", b"x"));
    empty(&gallery(settings).settings("settings.yaml", "title: S\nsettings: {gm: {quality: 80}}\n"));
    let said =
        gallery("title: A\n").file("site/.recitale_cache", b"{}").run(&["build", "--format", "short"]).exit(1).stderr;
    assert!(said.contains("a/settings.yaml: error[gallery/no-cover]"), "{said}");
}

#[test]
fn a_gallery_without_cover_takes_one_of_its_own() {
    let sections = "sections:\n- {type: bordered-picture, image: 1.jpg}\n";
    let site = gallery(&format!("title: A\n{sections}"));
    assert_eq!(site.build().stderr, "");
    assert!(site.page("index.html").contains("a/1-"), "{}", site.page("index.html"));
    let site = gallery("title: A\nsections:\n- {type: text, text: Words}\n");
    assert_eq!(site.build().stderr, "");
    assert!(site.page("index.html").contains("a/2-"), "{}", site.page("index.html"));
}

#[test]
fn no_protected_photo_becomes_a_cover_by_itself() {
    let said = gallery("title: A\npassword: open sesame\n").run(&["build", "--format", "short"]).exit(1).stderr;
    assert!(said.contains("error[gallery/no-cover]"), "{said}");
}

#[test]
fn what_no_page_shows_is_counted_and_listed() {
    let site = gallery("title: A\ncover: 1.jpg\nsections:\n- {type: bordered-picture, image: 1.jpg}\n")
        .photo("spare/1.jpg", seeded(64, 48, 7))
        .photo("spare/2.jpg", seeded(64, 48, 8))
        .photo("static/logo.png", quadrants(60, 40))
        .photo("logo.png", quadrants(60, 40));
    let run = site.build();
    assert!(
        run.stdout.contains("\n2 photos and 1 folder of photos are on no page: `cimaise check` lists them\n"),
        "{}",
        run.stdout
    );
    let said = site.run(&["check"]).success().stdout;
    assert!(
        said.ends_with(
            "\n2 photos and 1 folder of photos are on no page:\n  a/2.jpg\n  logo.png\n  spare/ (2 photos)\n"
        ) || said.ends_with(
            "\n2 photos and 1 folder of photos are on no page:\n  logo.png\n  a/2.jpg\n  spare/ (2 photos)\n"
        ),
        "{said}"
    );
}
