//! `autogen` and `sync` after changes in the folders.

use super::*;

fn text(site: &SiteBuilder) -> String {
    fs::read_to_string(site.root().join("a/settings.yaml")).expect("there")
}

const TEXT: &str = "title: A # mine\ncover: '1.jpg'\nsections:\n- type: pictures-group\n  images:\n  - [1.jpg, 3.jpg]   # two\n  - [5.jpg]\n- {type: bordered-picture, image: {name: \"1.jpg\", text: 1.jpg}}\n";

fn site() -> SiteBuilder {
    let day = |day: u32| taken(day, &format!("2024:05:0{day} 10:00:00"));
    let site = SiteBuilder::new().settings("a/settings.yaml", TEXT);
    site.photo("a/1.jpg", day(1)).photo("a/3.jpg", day(3)).photo("a/5.jpg", day(5))
}

#[test]
fn a_renamed_photo_is_recognised_and_its_name_corrected() {
    let site = site();
    // The ledger does not trust files that changed a moment before.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    site.build();
    fs::rename(site.root().join("a/1.jpg"), site.root().join("a/first one.jpg")).expect("renamed");
    assert!(site.run(&["build", "--format", "short"]).exit(1).stderr.contains("file `1.jpg` not found"));
    let site = site.photo("a/2.jpg", taken(2, "2024:05:02 10:00:00"));
    let run = site.run(&["sync", "--all"]).success();
    assert_eq!(
        (run.stdout.as_str(), run.stderr.as_str()),
        ("a: corrected the names of 1 renamed file, added 1 photo\n", "")
    );
    let expected = TEXT
        .replace("'1.jpg'", "'first one.jpg'")
        .replace("[1.jpg, ", "[first one.jpg, ")
        .replace("\"1.jpg\"", "\"first one.jpg\"");
    assert_eq!(text(&site), format!("{expected}- type: pictures-group\n  images:\n  - [2.jpg]\n"));
    site.build();
    assert_eq!(site.run(&["sync", "--all"]).success().stdout, "a: unchanged: no new photos\n");
}

#[test]
fn new_photos_go_to_their_place_by_time_on_request() {
    let site = site()
        .photo("a/4.jpg", taken(4, "2024:05:04 10:00:00"))
        .photo("a/6.jpg", taken(6, "2024:05:06 10:00:00"))
        .photo("a/0.jpg", taken(9, "2024:04:01 10:00:00"));
    assert_eq!(site.run(&["sync", "-d", "a", "--by-time"]).success().stdout, "a: added 3 photos\n");
    let expected = TEXT
        .replace("  - [1.jpg", "  - [0.jpg]\n  - [1.jpg")
        .replace("# two\n", "# two\n  - [4.jpg]\n")
        .replace("  - [5.jpg]\n", "  - [5.jpg]\n  - [6.jpg]\n");
    assert_eq!(text(&site), expected);
    site.build();
}

#[test]
fn of_equal_files_a_story_takes_one_and_says_the_others() {
    let day = |day: u32| taken(day, &format!("2024:05:0{day} 10:00:00"));
    let site = SiteBuilder::new()
        .settings("a/settings.yaml", "title: A\n")
        .photo("a/IMG_10.jpg", day(1))
        .photo("a/IMG_2.jpg", day(1))
        .photo("a/IMG_2 (1).jpg", day(1))
        .photo("a/IMG_3.jpg", day(3))
        .file("site/a/img_3.CR2", b"x")
        .file("site/a/IMG_3.heic", b"x");
    assert_eq!(
        site.run(&["autogen", "-d", "a"]).success().stdout,
        "a: added 2 photos\na: left out IMG_3.heic (same as IMG_3.jpg), img_3.CR2 (same as IMG_3.jpg), \
         IMG_10.jpg (same as IMG_2.jpg), IMG_2 (1).jpg (same as IMG_2.jpg)\n"
    );
    assert!(text(&site).ends_with("  - [IMG_2.jpg, IMG_3.jpg]\n"), "{}", text(&site));
    site.delete("a/IMG_2 (1).jpg");
    site.delete("a/IMG_10.jpg");
    site.delete("a/img_3.CR2");
    site.delete("a/IMG_3.heic");
    // A copy whose name comes before the one that the story shows.
    let site = site.photo("a/0.jpg", day(3)).photo("a/4.jpg", day(4));
    let said = site.run(&["sync", "-d", "a"]).success().stdout;
    assert_eq!(said, "a: added 1 photo\na: left out 0.jpg (same as IMG_3.jpg)\n");
    let said = site.run(&["sync", "-d", "a"]).success().stdout;
    assert_eq!(said, "a: unchanged: no new photos\na: left out 0.jpg (same as IMG_3.jpg)\n");
    // An author may show a photo twice.
    site.write("a/settings.yaml", text(&site).replace("[IMG_2.jpg, ", "[0.jpg, IMG_2.jpg, ").as_bytes());
    assert_eq!(site.run(&["sync", "-d", "a"]).success().stdout, "a: unchanged: no new photos\n");
}

#[test]
fn a_made_up_story_shows_equal_files_once_and_check_lists_the_others() {
    let site = folder()
        .photo("a/1.jpg", taken(1, "2024:05:01 10:00:00"))
        .photo("a/1 copy.jpg", taken(1, "2024:05:01 10:00:00"))
        .photo("b/1.jpg", taken(1, "2024:05:01 10:00:00"));
    assert!(site.build().stdout.starts_with("2 galleries, 2 photos:"));
    let said = site.run(&["check"]).success().stdout;
    assert!(said.ends_with("1 photo is on no page:\n  a/1 copy.jpg\n"), "{said}");
}
