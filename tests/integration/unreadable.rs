//! Photos that cannot be read: `settings.images.unreadable` and `--keep-going`.

use crate::support::{Picture, SiteBuilder, quadrants};

const SKIP: &str = "title: T\nsettings: {images: {unreadable: skip}}\n";

/// A gallery with a photo in each kind of place; `bad.jpg` is not a picture.
fn story() -> SiteBuilder {
    SiteBuilder::new().photo("a/good.jpg", quadrants(400, 300)).file("site/a/bad.jpg", b"this is no picture").settings(
        "a/settings.yaml",
        "title: A\ncover: bad.jpg\nsections:\n\
             - type: full-picture\n  image: bad.jpg\n\
             - type: pictures-group\n  images:\n  - [good.jpg, bad.jpg]\n\
             - type: bordered-picture\n  image: bad.jpg\n  text: lost words\n\
             - type: pictures-group\n  images:\n  - [bad.jpg]\n\
             - type: paragraph\n  text: kept words\n  image: bad.jpg\n",
    )
}

/// A PNG with a valid header and broken pixels, which shows when it is decoded.
fn broken_pixels() -> Vec<u8> {
    let mut bytes = quadrants(64, 48).encode("png");
    let at = bytes.windows(4).position(|window| window == b"IDAT").expect("pixels") + 4;
    let end = bytes.len() - 16;
    bytes[at..end].fill(0xFF);
    bytes
}

#[test]
fn by_default_an_unreadable_photo_stops_the_build() {
    let site = story();
    let run = site.run(&["build"]).exit(1);
    assert!(run.stderr.contains("a/bad.jpg: error[photo/not-a-picture]"), "{}", run.stderr);
    assert!(run.stderr.contains("1 error, 0 warnings: nothing was published"), "{}", run.stderr);
    assert!(!site.root().join("build/index.html").exists());
}

#[test]
fn a_photo_that_is_left_out_takes_its_sections_along_and_nothing_else() {
    let site = story().settings("settings.yaml", SKIP);
    let run = site.build();
    let warning = "a/bad.jpg: warning[photo/left-out]: leaving out this photo: ";
    assert_eq!(run.stderr.matches("warning[").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains(warning), "{}", run.stderr);
    assert!(run.stdout.contains("1 gallery, 1 photo: "), "{}", run.stdout);
    let page = site.page("a/index.html");
    assert_eq!(page.matches("<section").count(), 2, "{page}");
    assert!(page.contains("kept words") && !page.contains("lost words"), "{page}");
    // The tile of the gallery shows the photo that is left.
    assert!(site.page("index.html").contains("a/good-"), "{}", site.page("index.html"));
}

#[test]
fn keep_going_leaves_out_photos_for_one_run() {
    let site = story();
    for command in ["build", "check"] {
        let run = site.run(&[command, "--keep-going"]).success();
        assert!(run.stderr.contains("warning[photo/left-out]: leaving out this photo: "), "{}", run.stderr);
        site.run(&[command]).exit(1);
    }
    site.run(&["--keep-going"]).success();
    let run = site.run(&["build", "--keep-going", "--strict"]).exit(1);
    assert!(run.stderr.contains("(fatal because of `--strict`): nothing was published"), "{}", run.stderr);
    site.run(&["build", "--keep-going", "--strict", "--allow", "photo/left-out"]).success();
}

#[test]
fn a_photo_that_cannot_be_decoded_is_left_out_as_well() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(64, 48)), ("2.png", quadrants(40, 30))]);
    site.write("a/1.png", &broken_pixels());
    let run = site.run(&["build"]).exit(1);
    assert!(run.stderr.contains("a/1.png: error[photo/damaged]: cannot render the photo"), "{}", run.stderr);
    for _ in 0..2 {
        let run = site.run(&["build", "--keep-going"]).success();
        let warning = "a/1.png: warning[photo/left-out]: leaving out this photo: cannot render the photo: ";
        assert_eq!(run.stderr.matches("warning[").count(), 1, "{}", run.stderr);
        assert!(run.stderr.contains(warning), "{}", run.stderr);
        assert!(run.stdout.contains("1 gallery, 1 photo: "), "{}", run.stdout);
        assert!(site.page("index.html").contains("a/2-") && !site.page("a/index.html").contains("\"1-"));
    }
    site.write("a/1.png", &quadrants(64, 48).encode("png"));
    let run = site.run(&["build", "--keep-going"]).success();
    assert!(run.stderr.is_empty() && run.stdout.contains("1 gallery, 2 photos: "), "{}{}", run.stderr, run.stdout);
}

#[test]
fn a_photo_that_is_damaged_in_part_is_left_out_if_damage_is_an_error() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30)), ("2.jpg", noise())]);
    let bytes = std::fs::read(site.root().join("a/2.jpg")).expect("a photo");
    site.write("a/2.jpg", &bytes[..bytes.len() * 3 / 4]);
    let photos = |settings: &str| {
        site.write("settings.yaml", format!("title: T\nsettings: {{images: {settings}}}\n").as_bytes());
        let run = site.run(&["build"]);
        (run.code, run.stdout.contains("2 photos"), run.stderr.contains("leaving out this photo: the photo is damaged"))
    };
    assert_eq!(photos("{unreadable: skip}"), (Some(0), true, false));
    assert_eq!(photos("{damaged: error}"), (Some(1), false, false));
    assert_eq!(photos("{damaged: error, unreadable: skip}"), (Some(0), false, true));
}

#[test]
fn a_photo_of_which_most_is_missing_is_unreadable_unless_all_damage_is_accepted() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30)), ("2.jpg", noise())]);
    let bytes = std::fs::read(site.root().join("a/2.jpg")).expect("a photo");
    site.write("a/2.jpg", &bytes[..bytes.len() * 2 / 5]);
    let photos = |settings: &str| {
        site.write("settings.yaml", format!("title: T\nsettings: {{images: {settings}}}\n").as_bytes());
        let run = site.run(&["build"]);
        let error = run.stderr.contains("a/2.jpg: error[photo/damaged]: the photo is damaged: ");
        (run.code, run.stdout.contains("2 photos"), error)
    };
    assert_eq!(photos("{}"), (Some(1), false, true));
    assert_eq!(photos("{damaged: auto}"), (Some(1), false, true));
    assert_eq!(photos("{unreadable: skip}"), (Some(0), false, false));
    assert_eq!(photos("{damaged: warn}"), (Some(0), true, false));
    // The picture is rendered already, and the verdict is the same.
    assert_eq!(photos("{}"), (Some(1), false, true));
}

fn noise() -> Picture {
    quadrants(320, 240)
}

#[test]
fn a_gallery_that_loses_all_photos_stays_without_a_picture() {
    let site = SiteBuilder::new().settings("settings.yaml", SKIP).file("site/a/1.jpg", b"nothing").settings(
        "a/settings.yaml",
        "title: Lonely\ncover: 1.jpg\nsections:\n- type: full-picture\n  image: 1.jpg\n- type: text\n  text: words\n",
    );
    site.build();
    assert!(site.page("index.html").contains("Lonely") && site.page("a/index.html").contains("words"));
}

#[test]
fn other_pages_keep_what_they_show_of_the_same_photo() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(64, 48)), ("2.png", quadrants(40, 30))]).settings(
        "b/settings.yaml",
        "title: B\ncover: ../a/2.png\nsections:\n- type: full-picture\n  image: ../a/2.png\n",
    );
    site.build();
    site.write("a/1.png", &broken_pixels());
    site.run(&["build", "--keep-going"]).success();
    let tree = site.output();
    let names: Vec<&str> = tree.paths().into_iter().filter(|name| name.contains("/1-")).collect();
    assert!(names.is_empty(), "{names:?}");
    assert!(tree.paths().iter().any(|name| name.contains("/2-")));
}
