//! Formats of pictures, and the results of each.

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
    let expected = "a/1.dng: warning[photo/small-preview]: the preview in this camera RAW file has only 640 x 400 pixels; \
                    the largest size of the site is 2880";
    assert_eq!(run.stderr.matches("only 640 x 400 pixels").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains(expected), "{}", run.stderr);
    assert!(run.stderr.contains("; listed here: a/settings.yaml:2:8\n"), "{}", run.stderr);
}

#[test]
fn a_raw_file_without_a_usable_preview_is_one_error() {
    let site = SiteBuilder::gallery_of(&[("1.dng", quadrants(160, 100)), ("2.jpg", quadrants(640, 400))]);
    let run = site.run(&["build", "--format", "short"]).exit(1);
    assert_eq!(run.stderr.matches(": error[").count(), 1, "{}", run.stderr);
    assert!(
        run.stderr.contains("a/1.dng: error[photo/no-preview]: this camera RAW file contains no JPEG preview"),
        "{}",
        run.stderr
    );
}

/// Formats with fixtures of each kind.
const FORMATS: [&str; 2] = ["heic", "jxl"];

/// Returns a file of `crates/pixels/tests/fixtures`.
fn fixture(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/pixels/tests/fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns a site with a gallery of one fixture, named `1` with the extension of the fixture.
fn site_of(name: &str) -> SiteBuilder {
    let (_, extension) = name.rsplit_once('.').expect("an extension");
    SiteBuilder::new()
        .file("site/settings.yaml", b"title: T\nsettings:\n  images:\n    full: keep\n")
        .file(&format!("site/a/1.{extension}"), &fixture(name))
        .settings("a/settings.yaml", &format!("title: A\ncover: 1.{extension}\n"))
}

/// Returns the colours of the quarters of the only rendition with this ending.
fn seen(site: &SiteBuilder, end: &str) -> [&'static str; 4] {
    let output = site.output();
    let picture = site.picture(output.only("a/1-", end));
    [(false, false), (true, false), (false, true), (true, true)].map(|(x, y)| quarter(&picture, x, y))
}

#[test]
fn what_a_file_says_twice_of_its_orientation_turns_it_once() {
    for name in FORMATS.map(|extension| format!("turned.{extension}")) {
        let site = site_of(&name);
        site.build();
        assert_eq!(seen(&site, "-64x96.jpg"), ["blue", "red", "white", "green"], "{name}");
    }
}

#[test]
fn a_heic_of_tiles_is_put_together_and_its_depth_is_not_looked_at() {
    let site = site_of("grid.heic");
    site.build();
    assert_eq!(seen(&site, "-100x120.jpg"), ["blue", "red", "white", "green"]);
}

#[test]
fn more_than_eight_bits_are_rounded_and_of_an_animation_the_first_frame_is_shown() {
    for name in ["ten-bit.heic", "sixteen-bit.jxl", "lossy.jxl"] {
        let site = site_of(name);
        site.build();
        assert_eq!(seen(&site, "-96x64.jpg"), ["red", "green", "blue", "white"], "{name}");
    }
    let site = site_of("animated.jxl");
    site.build();
    assert_eq!(seen(&site, "-96x64.png"), ["red", "green", "blue", "white"]);
}

#[test]
fn transparency_makes_a_png() {
    for name in FORMATS.map(|extension| format!("alpha.{extension}")) {
        let site = site_of(&name);
        site.build();
        let output = site.output();
        let bytes = &output.0[output.only("a/1-", "-96x64.png")];
        let picture = image::load_from_memory(bytes).expect("a PNG").to_rgba8();
        assert_eq!(picture.get_pixel(20, 20).0[3], 0, "{name}");
        assert_eq!(picture.get_pixel(80, 20).0[3], 255, "{name}");
        assert_eq!(quarter(&image::DynamicImage::from(picture).to_rgb8(), true, false), "green", "{name}");
    }
}

#[test]
fn fixtures_that_are_cut_short_or_changed_are_refused_or_shown_and_never_more_than_that() {
    for name in FORMATS.map(|extension| format!("turned.{extension}")) {
        let bytes = fixture(&name);
        let site = site_of(&name);
        for length in [0, 1, 11, 12, 40, bytes.len() / 4, bytes.len() / 2] {
            site.write(&format!("a/1.{}", name.rsplit_once('.').expect("an extension").1), &bytes[..length]);
            let run = site.run(&["build", "--format", "short"]).exit(1);
            assert_eq!(run.stderr.matches(": error[").count(), 1, "{name}, {length}: {}", run.stderr);
            assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        }
    }
}

#[test]
fn an_animation_moves_in_the_full_size_picture_and_stands_still_in_the_others() {
    use image::AnimationDecoder;
    let frames = |extension: &str, bytes: &[u8]| {
        let reader = std::io::Cursor::new(bytes.to_vec());
        match extension {
            "gif" => image::codecs::gif::GifDecoder::new(reader).expect("a GIF").into_frames().count(),
            "webp" => image::codecs::webp::WebPDecoder::new(reader).expect("a WebP").into_frames().count(),
            _ => {
                let decoder = image::codecs::png::PngDecoder::new(reader).expect("a PNG");
                if decoder.is_apng().expect("a PNG") {
                    decoder.apng().expect("an APNG").into_frames().count()
                } else {
                    1
                }
            }
        }
    };
    for (extension, still) in [("gif", "png"), ("webp", "jpg"), ("png", "png")] {
        for full in ["reencode", "keep"] {
            let settings = format!("title: T\nsettings:\n  images:\n    ladder: [48]\n    full: {full}\n");
            let site = SiteBuilder::new()
                .file("site/settings.yaml", settings.as_bytes())
                .file(&format!("site/a/1.{extension}"), &fixture(&format!("animated.{extension}")))
                .settings(
                    "a/settings.yaml",
                    &format!(
                        "title: A\ncover: 1.{extension}\nsections:\n- type: full-picture\n  image: 1.{extension}\n"
                    ),
                );
            site.build();
            let output = site.output();
            let small = output.only("a/1-", &format!("-48x32.{still}"));
            assert_eq!(quarter(&site.picture(small), false, false), "red", "{extension}");
            if still == "png" {
                assert_eq!(frames("png", &output.0[small]), 1, "{extension}");
            }
            let large = output.only("a/1-", &format!("-96x64.{extension}"));
            assert_eq!(frames(extension, &output.0[large]), 2, "{extension}, {full}");
            let name = large.rsplit_once('/').expect("a folder").1;
            assert!(site.page("a/index.html").contains(&format!("href=\"{name}\"")), "{extension}, {full}");
        }
    }
}

#[test]
fn content_decides_over_the_extension_with_a_warning_that_names_both() {
    let picture = quadrants(96, 64);
    let of_heic = fixture("turned.heic");
    for (name, bytes, found) in [
        ("1.jpg", picture.encode("png"), "the name ends in `.jpg`, but the content is PNG"),
        ("1.png", picture.encode("jpg"), "the name ends in `.png`, but the content is JPEG"),
        ("1.jpeg", of_heic, "the name ends in `.jpeg`, but the content is HEIC"),
        ("1.heic", picture.encode("webp"), "the name ends in `.heic`, but the content is WebP"),
    ] {
        let site = SiteBuilder::new()
            .file(&format!("site/a/{name}"), &bytes)
            .settings("a/settings.yaml", &format!("title: A\ncover: {name}\n"));
        let run = site.run(&["build", "--format", "short"]).success();
        assert!(
            run.stderr.contains(&format!("a/{name}: warning[photo/wrong-extension]: {found}")),
            "{name}: {}",
            run.stderr
        );
    }
}

#[test]
fn what_is_not_read_is_refused_in_one_line_that_says_what_to_do() {
    for (bytes, found, help) in [
        (&b"\0\0\0\x18ftypavif\0\0\0\0avifmif1"[..], "AVIF", "avifdec"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "a video", "type: video"),
        (b"\0\0\0\x0CjP  \r\n\x87\n", "JPEG 2000", "opj_decompress"),
        (b"II\xBC\x01", "JPEG XR", "save the picture as JPEG"),
        (b"8BPS\0\x01", "Photoshop", "export the picture"),
        (b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG", "export the drawing as PNG"),
        (b"<!doctype html><title>404</title>", "a web page", "download"),
    ] {
        let site =
            SiteBuilder::new().file("site/a/1.jpg", bytes).settings("a/settings.yaml", "title: A\ncover: 1.jpg\n");
        let run = site.run(&["build"]).exit(1);
        assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
        let line = format!("error[photo/unsupported]: the file is not a picture that cimaise reads (found: {found})");
        assert!(run.stderr.contains(&line) && run.stderr.contains(help), "{found}: {}", run.stderr);
    }
}
