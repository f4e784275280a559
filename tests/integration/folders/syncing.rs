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
