//! `sync`, `autogen` and `init` after photos moved to the folders of other galleries.

use super::*;

fn text(site: &SiteBuilder, gallery: &str) -> String {
    fs::read_to_string(site.root().join(gallery).join("settings.yaml")).expect("there")
}

const OLD: &str = "\
title: A # mine
cover: 1.jpg
sections:
- type: pictures-group   # the walk
  images:
  # the first morning
  - [{name: 1.jpg, text: \"Early, #1\"}, 2.jpg]   # two
  - - name: 3.jpg
      text: Late  # after dinner
      quality: 70
    - 4.jpg
  - [5.jpg] # alone
- {type: bordered-picture, image: {name: '6.jpg', text: Six}}
- type: text
  text: Words
";

const NEW: &str = "title: B   # theirs\nsections:\n  - type: pictures-group\n    images:\n      - [x.jpg] # x\n";

/// A site of two galleries that was built, after these photos of `a` moved to `into`.
fn moved(names: &[&str], into: &str) -> SiteBuilder {
    let day = |day: u32| taken(day, &format!("2024:05:0{day} 10:00:00"));
    let mut site = SiteBuilder::new().settings("a/settings.yaml", OLD).settings("b/settings.yaml", NEW);
    for number in 1..=6 {
        site = site.photo(&format!("a/{number}.jpg"), day(number));
    }
    site = site.photo("b/x.jpg", taken(9, "2024:05:04 11:00:00"));
    // The ledger does not trust files that changed a moment before.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    site.build();
    fs::create_dir_all(site.root().join(into)).expect("created");
    for name in names {
        fs::rename(site.root().join("a").join(name), site.root().join(into).join(name)).expect("moved");
    }
    site
}

#[test]
fn entries_move_with_their_captions_and_all_else_stays() {
    let site = moved(&["2.jpg", "3.jpg", "5.jpg", "6.jpg"], "b");
    let run = site.run(&["sync", "--all"]).success();
    assert_eq!(run.stderr, "");
    assert_eq!(run.stdout, "b: took 4 moved photos with their entries\na: moved the entries of 4 photos to b\n");
    let left = OLD
        .replace(", 2.jpg]", "]")
        .replace(
            "  - - name: 3.jpg\n      text: Late  # after dinner\n      quality: 70\n    - 4.jpg\n",
            "  - - 4.jpg\n",
        )
        .replace("  - [5.jpg] # alone\n", "  # alone\n")
        .replace("- {type: bordered-picture, image: {name: '6.jpg', text: Six}}\n", "");
    assert_eq!(text(&site, "a"), left);
    let added = "  - type: pictures-group\n    images:\n    - - 2.jpg\n      - name: 3.jpg\n        text: Late  # after dinner\n        \
                 quality: 70\n      - 5.jpg\n  - {type: bordered-picture, image: {name: '6.jpg', text: Six}}\n";
    assert_eq!(text(&site, "b"), format!("{NEW}{added}"));
    assert_eq!(site.build().stderr, "");
    assert!(site.page("b/index.html").contains("Late") && !site.page("a/index.html").contains("Late"));
    let again = site.run(&["sync", "--all"]).success();
    assert_eq!(
        (again.stdout.as_str(), again.stderr.as_str()),
        ("a: unchanged: no new photos\nb: unchanged: no new photos\n", "")
    );
}

#[test]
fn one_gallery_takes_its_photos_from_another_by_time() {
    let site = moved(&["1.jpg"], "b");
    let run = site.run(&["sync", "-d", "b", "--by-time"]).success();
    assert_eq!(run.stdout, "b: took 1 moved photo with its entry\na: moved the entry of 1 photo to b\n");
    let expected = NEW.replace("      - [x.jpg]", "      - [{name: 1.jpg, text: \"Early, #1\"}]\n      - [x.jpg]");
    assert_eq!(text(&site, "b"), expected);
    assert_eq!(text(&site, "a"), OLD.replace("[{name: 1.jpg, text: \"Early, #1\"}, 2.jpg]", "[2.jpg]"));
    // The cover is a choice, which stays with its author.
    let said = site.run(&["sync", "-d", "a", "--format", "short"]).success().stderr;
    assert!(said.contains("a/settings.yaml:2:8: warning[file/missing]: file `1.jpg` not found"), "{said}");
}

#[test]
fn a_gallery_that_loses_all_its_photos_shows_none() {
    let only = "title: A\nsections: # all\n# one\n- type: pictures-group\n  images: [[1.jpg]]\n";
    let site = SiteBuilder::new().settings("a/settings.yaml", only).settings("b/settings.yaml", NEW);
    let site = site.photo("a/1.jpg", taken(1, "2024:05:01 10:00:00")).photo("b/x.jpg", taken(9, "2024:05:04 11:00:00"));
    std::thread::sleep(std::time::Duration::from_millis(2100));
    site.build();
    fs::rename(site.root().join("a/1.jpg"), site.root().join("b/new name.jpg")).expect("moved");
    site.run(&["sync", "--all"]).success();
    assert_eq!(text(&site, "a"), "title: A\nsections: [] # all\n# one\n");
    assert!(text(&site, "b").ends_with("- [new name.jpg]\n"), "{}", text(&site, "b"));
}

#[test]
fn a_new_gallery_takes_entries_as_well() {
    for command in [&["init"][..], &["autogen", "-d", "c"]] {
        let site = moved(&["2.jpg", "3.jpg", "6.jpg"], "c");
        let run = site.run(command).success();
        let said =
            "c: created a gallery, took 3 moved photos with their entries\na: moved the entries of 3 photos to c\n";
        assert!(run.stdout.contains(said), "{}", run.stdout);
        let new = text(&site, "c");
        let rows = "  - - 2.jpg\n    - name: 3.jpg\n      text: Late  # after dinner\n      quality: 70\n";
        assert!(
            new.contains(rows) && new.ends_with("- {type: bordered-picture, image: {name: '6.jpg', text: Six}}\n"),
            "{new}"
        );
        assert!(!text(&site, "a").contains("3.jpg"));
        assert_eq!(site.build().stderr, "");
    }
}
