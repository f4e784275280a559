//! Which files are pictures, and what becomes of each kind.

use crate::support::picture::quarter;
use crate::support::{SiteBuilder, quadrants};

#[test]
fn a_raw_file_is_shown_by_the_jpeg_in_it_and_stands_upright() {
    let site = SiteBuilder::gallery_of(&[("1.dng", quadrants(640, 400).orientation(6))])
        .file("site/settings.yaml", b"title: T\nsettings:\n  images:\n    ladder: [320]\n    full: keep\n");
    let run = site.build();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    let output = site.output();
    for end in ["-200x320.jpg", "-400x640.jpg"] {
        let picture = site.picture(output.only("a/1-", end));
        assert_eq!([false, true].map(|right| quarter(&picture, right, false)), ["blue", "red"]);
    }
}

#[test]
fn a_small_preview_in_a_raw_file_is_told_once_where_the_photo_is_named() {
    let site = SiteBuilder::new()
        .photo("a/1.dng", quadrants(640, 400))
        .settings("a/settings.yaml", "title: A\ncover: 1.dng\nsections:\n- type: full-picture\n  image: 1.dng\n");
    let run = site.run(&["build", "--format", "short"]).success();
    let expected = "a/settings.yaml:2:8: warning: the picture in this camera RAW file is only 640 x 400 pixels; \
                    the largest size of the site is 2880";
    assert_eq!(run.stderr.matches("only 640 x 400 pixels").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains(expected), "{}", run.stderr);
}

#[test]
fn a_raw_file_without_a_usable_preview_is_one_error() {
    let site = SiteBuilder::gallery_of(&[("1.dng", quadrants(160, 100)), ("2.jpg", quadrants(640, 400))]);
    let run = site.run(&["build", "--format", "short"]).exit(1);
    assert_eq!(run.stderr.matches(": error: ").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("a/1.dng: error: this camera RAW file has no JPEG preview in it"), "{}", run.stderr);
}
