//! Videos among the photos.

use super::*;
use crate::videos::ffmpeg;

#[test]
fn videos_are_among_the_photos() {
    let list = Command::new("ffmpeg").args(["-v", "error", "-encoders"]).output();
    if !list.is_ok_and(|list| String::from_utf8_lossy(&list.stdout).contains("libx264")) {
        println!("skipped: there is no ffmpeg here with libx264");
        return;
    }
    let site = folder().photo("a/1.jpg", taken(1, "2024:05:01 10:00:00"));
    let clip = site.root().join("a/VID_20240502_101010.mp4");
    ffmpeg(
        &site.root().join("a"),
        "-f lavfi -i testsrc=d=1:s=64x48:r=5 -pix_fmt yuv420p -c:v libx264 VID_20240502_101010.mp4",
    );
    let run = site.build();
    assert!(run.stdout.starts_with("1 gallery, 1 photo, 1 video"), "{}", run.stdout);
    let before: Tree = site.output();
    let said = site.run(&["init"]).success().stdout;
    assert!(said.contains("a: created a gallery with 1 photo, 1 video\n"), "{said}");
    site.build();
    site.output().assert_equal(&before, "the site written down");
    let site = site.photo("a/2.jpg", taken(2, "2024:05:03 10:00:00"));
    fs::copy(&clip, site.root().join("a/other.mp4")).expect("copied");
    let other = "-f lavfi -i testsrc=d=1:s=48x64:r=5 -pix_fmt yuv420p -c:v libx264 third.mp4";
    ffmpeg(&site.root().join("a"), other);
    let same = "a: left out other.mp4 (same as VID_20240502_101010.mp4)\n";
    assert_eq!(site.run(&["sync", "--all"]).success().stdout, format!("a: added 1 photo, 1 video\n{same}"));
}

#[test]
fn without_ffmpeg_videos_are_left_out_with_a_warning() {
    let site = folder().photo("a/1.jpg", quadrants(60, 40)).file("site/a/film.mp4", b"x");
    let mut command = site.command(&["build", "--format", "short"]);
    let run = Run::new(command.env("PATH", "/nowhere").output().expect("runs")).exit(0);
    assert!(run.stderr.contains("warning[video/no-ffmpeg]: leaving out 1 video"), "{}", run.stderr);
}
