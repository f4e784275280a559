//! File names of all kinds.

use crate::support::{SiteBuilder, every_link_leads_somewhere, quadrants};

#[test]
fn names_with_spaces_quotes_accents_emoji_and_percent_signs_work() {
    let names = [
        "ma photo d'été.png",
        "\"quoted\".png",
        "100% #1?.png",
        "🌄 sunrise, <wide>.png",
        "a&b;c=d+e.png",
        "日本 (1).png",
        "back\\slash.png",
        "-dash.png",
    ];
    let mut settings =
        String::from("title: Names\ncover: '-dash.png'\nsections:\n- type: pictures-group\n  images:\n  -\n");
    for name in names {
        settings.push_str(&format!("    - '{}'\n", name.replace('\'', "''")));
    }
    let folder = "50% été & co's #1";
    let site = names
        .iter()
        .zip(20..)
        .fold(SiteBuilder::new(), |site, (name, side)| site.photo(&format!("{folder}/{name}"), quadrants(side, 30)))
        .settings(&format!("{folder}/settings.yaml"), &settings);
    site.build();
    every_link_leads_somewhere(&site.root().join("build"));
    let page = site.page(&format!("{folder}/index.html"));
    assert_eq!(page.matches("<img ").count(), names.len(), "{page}");
}

#[test]
fn media_may_lie_in_sub_folders_and_other_galleries() {
    let site = SiteBuilder::new()
        .photo("a/sub/deep/1.png", quadrants(40, 30))
        .photo("b/2.png", quadrants(40, 31))
        .settings("b/settings.yaml", "title: B\ncover: 2.png\n")
        .settings(
            "a/settings.yaml",
            "title: A\ncover: sub/deep/1.png\nsections:\n- type: bordered-picture\n  image: ../b/2.png\n- type: full-picture\n  image: ./sub/../sub/deep/1.png\n",
        );
    site.build();
    every_link_leads_somewhere(&site.root().join("build"));
    site.output().only("a/sub/deep/1-", "-40x30.jpg");
    site.output().only("b/2-", "-40x31.jpg");
}

#[test]
fn no_file_of_the_output_is_hidden_from_pages_of_github() {
    let names = ["_DSC0042.jpg", ".cover.jpg", "__x.png", "_.jpg"];
    let mut settings = "title: A\ncover: .cover.jpg\nsections:\n- type: pictures-group\n  images:\n  -\n".to_owned();
    names.iter().for_each(|name| settings.push_str(&format!("    - {name}\n")));
    let site = names
        .iter()
        .zip(20..)
        .fold(SiteBuilder::new(), |site, (name, side)| site.photo(&format!("a/{name}"), quadrants(side, 30)))
        .settings("a/settings.yaml", &settings);
    site.build();
    every_link_leads_somewhere(&site.root().join("build"));
    let output = site.output();
    let hidden = |path: &&String| path.rsplit('/').next().is_some_and(|name| name.starts_with(['_', '.']));
    let hidden: Vec<_> = output.0.keys().filter(hidden).filter(|path| *path != ".cimaise-manifest").collect();
    assert_eq!(hidden, Vec::<&String>::new());
    output.only("a/DSC0042-", "-20x30.jpg");
}

#[test]
fn folders_that_differ_only_in_capitals_cause_a_warning() {
    let gallery = |site: SiteBuilder, path: &str| {
        site.photo(&format!("{path}/1.png"), quadrants(40, 30))
            .settings(&format!("{path}/settings.yaml"), "title: A\ncover: 1.png\n")
    };
    let index = |site: SiteBuilder, path: &str| site.settings(&format!("{path}/settings.yaml"), "title: I\n");
    let said = |site: SiteBuilder| {
        let said = site.run(&["check", "--format", "short"]).success().stderr;
        said.lines().filter(|line| line.contains("gallery/case")).map(str::to_owned).collect::<Vec<_>>()
    };
    let lines = said(gallery(gallery(SiteBuilder::new(), "Alps"), "alps"));
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("`Alps` and `alps`"), "{lines:?}");
    let nested = index(index(SiteBuilder::new(), "x"), "X");
    let lines = said(gallery(gallery(nested, "x/Été"), "X/été"));
    assert!(lines.len() == 1 && lines[0].contains("`X` and `x`"), "{lines:?}");
    // The same letters, once as one character each and once with combining accents.
    let lines = said(gallery(gallery(SiteBuilder::new(), "\u{e9}t\u{e9}"), "e\u{301}te\u{301}"));
    assert_eq!(lines.len(), 1, "{lines:?}");
    let lines = said(gallery(gallery(SiteBuilder::new(), "alps"), "alps2"));
    assert_eq!(lines, Vec::<String>::new());
}
