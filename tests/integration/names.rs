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
    site.output().only("a/sub/deep/1-", "-40x30.png");
    site.output().only("b/2-", "-40x31.png");
}
