//! Colours that are not sRGB, and transparent pictures.

use image::{Rgb, Rgba, RgbaImage};

use crate::support::{Picture, SiteBuilder, profile, quadrants};

fn site(photo: Picture, images: &str) -> SiteBuilder {
    SiteBuilder::gallery_of(&[("1.jpg", photo)])
        .settings("settings.yaml", &format!("title: T\nsettings:\n  images:\n    ladder: [480]\n{images}"))
}

/// Returns the middle pixel of the green quarter.
fn green(site: &SiteBuilder) -> [u8; 3] {
    let output = site.output();
    let Rgb(pixel) = *site.picture(output.only("a/1-", "-480x320.jpg")).get_pixel(360, 80);
    pixel
}

#[test]
fn a_wide_gamut_photo_keeps_its_colours_and_its_profile() {
    let site = site(quadrants(960, 640).profile(profile::adobe_rgb()), "");
    let run = site.build();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    let output = site.output();
    for end in ["-480x320.jpg", "-960x640.jpg"] {
        let bytes = &output.0[output.only("a/1-", end)];
        assert_eq!(profile::of_jpeg(bytes), Some(&profile::adobe_rgb()[..]), "{end}");
    }
    let [r, g, b] = green(&site);
    assert!(r.abs_diff(37) < 8 && g.abs_diff(187) < 8 && b.abs_diff(37) < 8, "{r}, {g}, {b}");
}

#[test]
fn color_srgb_converts_and_drops_the_profile() {
    let site = site(quadrants(960, 640).profile(profile::adobe_rgb()), "    color: srgb\n");
    site.build();
    let output = site.output();
    for end in ["-480x320.jpg", "-960x640.jpg"] {
        assert_eq!(profile::of_jpeg(&output.0[output.only("a/1-", end)]), None, "{end}");
    }
    // The green of Adobe RGB is outside of sRGB: red and blue are clipped.
    let [r, g, b] = green(&site);
    assert!(r < 12 && g.abs_diff(188) < 8 && b < 40, "{r}, {g}, {b}");
}

#[test]
fn photos_in_srgb_are_not_made_again_when_the_choice_changes() {
    let keep = "title: T\nsettings:\n  images:\n    ladder: [480]\n    color: keep\n";
    let wide = quadrants(960, 640).profile(profile::adobe_rgb());
    let site =
        SiteBuilder::gallery_of(&[("1.jpg", quadrants(900, 600)), ("2.jpg", wide)]).settings("settings.yaml", keep);
    let (all, _) = site.build().made_and_reused();
    let site = site.settings("settings.yaml", &keep.replace("keep", "srgb"));
    let (made, reused) = site.build().made_and_reused();
    assert_eq!((made, reused), (all / 2, all / 2));
}

#[test]
fn a_damaged_profile_is_one_warning_and_the_picture_is_shown() {
    let mut damaged = profile::adobe_rgb();
    damaged.truncate(180);
    let site = site(quadrants(960, 640).profile(damaged), "");
    for _ in 0..2 {
        let run = site.run(&["build", "--format", "short"]).success();
        let expected = "a/1.jpg: warning[photo/color-profile]: ignoring a colour profile that is damaged or does not match the pixels";
        assert_eq!(run.stderr.matches(expected).count(), 1, "{}", run.stderr);
    }
    assert_eq!(profile::of_jpeg(&site.output().0[site.output().only("a/1-", "-480x320.jpg")]), None);
}

/// A PNG whose left half is transparent.
fn half() -> Vec<u8> {
    let pixels = RgbaImage::from_fn(600, 400, |x, _| Rgba([250, 250, 250, if x < 300 { 0 } else { 255 }]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).expect("encodable");
    bytes.into_inner()
}

fn transparent(images: &str) -> SiteBuilder {
    let settings = format!("title: T\nsettings:\n  images:\n    ladder: [300]\n{images}");
    SiteBuilder::new()
        .settings("settings.yaml", &settings)
        .file("site/a/1.png", &half())
        .settings("a/settings.yaml", "title: A\ncover: 1.png\nsections:\n- type: full-picture\n  image: 1.png\n")
}

#[test]
fn transparent_pictures_stay_so_unless_there_is_a_background() {
    let site = transparent("");
    site.build();
    let output = site.output();
    let small = image::load_from_memory(&output.0[output.only("a/1-", "-300x200.png")]).expect("a PNG").to_rgba8();
    assert_eq!([small.get_pixel(40, 100).0[3], small.get_pixel(260, 100).0[3]], [0, 255]);

    let site = transparent("    background: '#c86400'\n");
    site.build();
    let output = site.output();
    let small = site.picture(output.only("a/1-", "-300x200.jpg"));
    let Rgb([r, g, b]) = *small.get_pixel(40, 100);
    assert!(r.abs_diff(200) < 6 && g.abs_diff(100) < 6 && b < 6, "{r}, {g}, {b}");
    assert!(small.get_pixel(260, 100).0.iter().all(|channel| *channel > 240));
}

#[test]
fn colours_that_are_none_are_refused_with_an_example() {
    for written in ["'#12'", "red", "'#gggggg'", "[1, 2, 3]"] {
        let site = transparent(&format!("    background: {written}\n"));
        let run = site.run(&["build", "--format", "short"]).exit(1);
        assert!(run.stderr.contains("expected a colour for `background`"), "{}", run.stderr);
    }
    let site = transparent("    color: sRBG\n");
    let run = site.run(&["build", "--format", "short"]).exit(1);
    assert!(run.stderr.contains("expected `keep`, `srgb` for `color`"), "{}", run.stderr);
}
