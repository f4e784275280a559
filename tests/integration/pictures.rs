//! Renditions of a photo.

use crate::support::picture::quarter;
use crate::support::{SiteBuilder, quadrants};

#[test]
fn orientation_is_applied_once() {
    // The quarter at the top left, top right, bottom left, bottom right.
    let seen = [
        ["red", "green", "blue", "white"],
        ["green", "red", "white", "blue"],
        ["white", "blue", "green", "red"],
        ["blue", "white", "red", "green"],
        ["red", "blue", "green", "white"],
        ["blue", "red", "white", "green"],
        ["white", "green", "blue", "red"],
        ["green", "white", "red", "blue"],
    ];
    for (orientation, seen) in (1u8..).zip(seen) {
        let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(640, 400).orientation(orientation))]);
        site.build();
        let output = site.output();
        let small = if orientation < 5 { "-480x300.jpg" } else { "-320x512.jpg" };
        let full = if orientation < 5 { "-640x400.jpg" } else { "-400x640.jpg" };
        for end in [small, full] {
            let path = output.only("a/1-", end);
            let picture = site.picture(path);
            let quarters =
                [(false, false), (true, false), (false, true), (true, true)].map(|(x, y)| quarter(&picture, x, y));
            assert_eq!(quarters, seen, "orientation {orientation}, {path}");
            assert!(!output.0[path].windows(4).any(|bytes| bytes == b"Exif"), "the tag is dropped with the turn");
        }
    }
}

#[test]
fn the_full_size_is_the_photo_upright_whether_its_pixels_are_touched_or_not() {
    // Whole coded units, which are turned without decoding pixels; and other sides, which need pixels.
    for (width, height) in [(640, 400), (643, 401)] {
        for orientation in [1, 2, 6, 7, 8] {
            let photo = quadrants(width, height).orientation(orientation);
            let source = photo.upright();
            let site = SiteBuilder::gallery_of(&[("1.jpg", photo)]).file(
                "site/settings.yaml",
                b"title: T\nsettings:\n  gm:\n    quality: 85\n  images:\n    ladder: [320]\n    full: reencode\n",
            );
            site.build();
            let output = site.output();
            let path = output.only("a/1-", &format!("-{}x{}.jpg", source.width(), source.height()));
            let picture = site.picture(path);
            let pairs = picture.iter().zip(source.iter());
            let apart: u64 = pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
            let mean = apart as f64 / source.len() as f64;
            assert!(mean < 4.0, "{width} x {height}, orientation {orientation}: {mean}");
            assert!(!output.0[path].windows(4).any(|bytes| bytes == b"Exif"), "it needs no tag");
        }
    }
}

#[test]
fn chroma_is_whole_from_quality_90_on_and_where_the_settings_say_so() {
    let factors = |images: &str, quality: u8| {
        let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(640, 400))]).file(
            "site/settings.yaml",
            format!("title: T\nsettings:\n  gm: {{quality: {quality}}}\n  images: {{ladder: [320]{images}}}\n")
                .as_bytes(),
        );
        site.build();
        let output = site.output();
        let bytes = &output.0[output.only("a/1-", "-320x200.jpg")];
        let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC2]).expect("a progressive frame");
        bytes[frame + 11]
    };
    assert_eq!(factors("", 90), 0x11);
    assert_eq!((factors(", chroma: half", 95), factors(", chroma: full", 60)), (0x22, 0x11));
}

#[test]
fn nothing_is_enlarged_and_srcset_tells_the_truth() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(1500, 1000)), ("2.png", quadrants(100, 60))]);
    site.build();
    let sizes = |start: &str| -> Vec<String> {
        let output = site.output();
        let mut sizes: Vec<(u32, String)> = output
            .paths()
            .iter()
            .filter(|path| path.starts_with(start))
            .map(|path| {
                let picture = site.picture(path);
                assert!(path.contains(&format!("-{}x{}.", picture.width(), picture.height())), "{path}");
                (picture.width(), format!("{}x{}", picture.width(), picture.height()))
            })
            .collect();
        sizes.sort();
        sizes.into_iter().map(|(_, size)| size).collect()
    };
    // 1440 is nearly 1500: the photo's own size replaces it.
    assert_eq!(sizes("a/1-"), ["480x320", "720x480", "960x640", "1200x800", "1500x1000"]);
    assert_eq!(sizes("a/2-"), ["100x60"]);
    let page = site.page("a/index.html");
    for descriptor in [" 480w", " 960w", " 1500w"] {
        assert!(page.contains(descriptor), "{descriptor} in {page}");
    }
}

#[test]
fn location_never_leaks() {
    for settings in [
        "title: T\n",
        "title: T\nsettings:\n  gm:\n    strip: false\n",
        "title: T\nsettings:\n  images:\n    full: keep\n",
    ] {
        let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(640, 400).orientation(6).located())])
            .file("site/settings.yaml", settings.as_bytes());
        site.build();
        for (path, bytes) in site.output().0.iter().filter(|(path, _)| path.ends_with(".jpg")) {
            let exif = exif::Reader::new().read_from_container(&mut std::io::Cursor::new(bytes));
            let gps = exif.is_ok_and(|exif| exif.fields().any(|field| field.tag.context() == exif::Context::Gps));
            assert!(!gps, "{path} under {settings:?}");
        }
    }
}

#[test]
fn full_size_pictures_as_the_site_asks_for_them() {
    let site = |full: &str| {
        let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(4000, 2000))]).file(
            "site/settings.yaml",
            format!("title: T\nsettings:\n  images:\n    ladder: [480]\n    full: {full}\n").as_bytes(),
        );
        site.build();
        let output = site.output();
        output
            .paths()
            .into_iter()
            .filter(|path| path.starts_with("a/1-"))
            .map(|path| path[path.len() - 13..].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(site("none").len(), 1);
    assert!(site("reencode").iter().any(|name| name.ends_with("4000x2000.jpg")));
    assert!(site("keep").iter().any(|name| name.ends_with("4000x2000.jpg")));
    assert!(site("3000").iter().any(|name| name.ends_with("3000x1500.jpg")));
}

#[test]
fn resize_is_for_the_full_size_only() {
    for (resize, full) in [("50%", "-2000x1000.jpg"), ("1000x1000", "-1000x500.jpg"), ("1800x1800>", "-1800x900.jpg")] {
        let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(4000, 2000))]).file(
            "site/settings.yaml",
            format!("title: T\nsettings:\n  gm:\n    resize: '{resize}'\n  images:\n    ladder: [480]\n").as_bytes(),
        );
        site.build();
        let output = site.output();
        output.only("a/1-", "-480x240.jpg");
        output.only("a/1-", full);
        assert_eq!(output.paths().iter().filter(|path| path.starts_with("a/1-")).count(), 2);
    }
}

#[test]
fn a_drawing_stays_png_at_every_size() {
    let colors = [[200, 30, 30], [30, 180, 30], [30, 30, 200], [220, 220, 220]];
    let flat = image::RgbImage::from_fn(600, 400, |x, y| image::Rgb(colors[(x / 300 + y / 200 * 2) as usize]));
    let mut png = std::io::Cursor::new(Vec::new());
    flat.write_to(&mut png, image::ImageFormat::Png).expect("a PNG");
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(64, 48))]).file("site/a/1.png", png.get_ref());
    site.write(
        "a/settings.yaml",
        b"title: A\ndate: 2024-01-01\ncover: 1.png\nsections:\n- type: full-picture\n  image: 1.png\n",
    );
    site.build();
    let output = site.output();
    let renditions = output.paths().into_iter().filter(|path| path.starts_with("a/1-")).collect::<Vec<_>>();
    assert!(renditions.len() > 1 && renditions.iter().all(|path| path.ends_with(".png")), "{renditions:?}");
}

#[test]
fn every_input_format_becomes_something_that_browsers_show() {
    let names = ["1.jpg", "2.png", "3.webp", "4.gif", "5.tiff", "6.bmp"];
    let photos: Vec<_> = names.iter().map(|name| (*name, quadrants(600, 400))).collect();
    let site = SiteBuilder::gallery_of(&photos);
    site.build();
    let output = site.output();
    for (number, extension) in [(1, "jpg"), (2, "jpg"), (3, "jpg"), (4, "png"), (5, "jpg"), (6, "jpg")] {
        let path = output.only(&format!("a/{number}-"), &format!("-480x320.{extension}"));
        assert_eq!(quarter(&site.picture(path), false, true), "blue", "{path}");
    }
}
