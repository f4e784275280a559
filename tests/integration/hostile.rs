//! Hostile input.

use std::fs;

use crate::support::{SiteBuilder, quadrants};

#[test]
fn an_alias_bomb_and_an_enormous_file_are_refused() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (from, to) in "abcdefghi".chars().zip("bcdefghij".chars()) {
        bomb.push_str(&format!("{to}: &{to} [{}]\n", vec![format!("*{from}"); 10].join(", ")));
    }
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))])
        .settings("bomb/settings.yaml", &format!("title: B\n{bomb}"))
        .settings("huge/settings.yaml", &format!("title: H\n# {}\n", "x".repeat(100_000_000)));
    let run = site.run(&["check", "--format", "short"]).exit(1);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.stderr);
    assert!(lines[0].starts_with("bomb/settings.yaml") && lines[1].starts_with("huge/settings.yaml"), "{}", run.stderr);
    assert!(run.stderr.len() < 2000);
}

#[test]
fn a_photo_that_lost_its_tail_is_shown_as_far_as_it_goes_and_told_of_each_time() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(640, 480)), ("2.jpg", quadrants(480, 640))]);
    let whole = quadrants(640, 480).encode("jpg");
    site.write("a/1.jpg", &whole[..whole.len() * 3 / 4]);
    let warning = |stderr: &str| {
        let lines: Vec<&str> = stderr.lines().filter(|line| line.starts_with("a/1.jpg: ")).collect();
        assert_eq!((lines.len(), stderr.lines().count()), (1, 1), "{stderr}");
        assert!(lines[0].contains(": the photo is damaged: ") && lines[0].contains(" % of the picture is missing"));
        assert!(lines[0].starts_with("a/1.jpg: warning["), "{stderr}");
    };
    warning(&site.run(&["build", "--format", "short"]).success().stderr);
    let picture = site.picture(site.output().only("a/1-", "-640x480.jpg"));
    let [top, bottom] = [(100, 60), (600, 470)].map(|(x, y)| picture.get_pixel(x, y).0);
    assert!(top[0] > 150 && top[1] < 80, "{top:?} is not red");
    assert!(bottom.iter().all(|channel| channel.abs_diff(128) < 4), "{bottom:?} is not gray");
    // Nothing is decoded in this build, but the warning is repeated.
    let again = site.run(&["build", "--format", "short"]).success();
    warning(&again.stderr);
    assert_eq!(again.made_and_reused().0, 0);
}

#[test]
fn a_damaged_photo_is_one_error_and_the_published_site_stays_as_it_was() {
    let site = SiteBuilder::gallery_of(&[
        ("1.jpg", quadrants(640, 480)),
        ("2.jpg", quadrants(480, 640)),
        ("3.jpg", quadrants(500, 500)),
    ])
    .settings("settings.yaml", "title: S\nsettings: {images: {damaged: error}}\n");
    site.build();
    let before = site.output();
    let half = fs::read(site.root().join("a/2.jpg")).expect("a photo");
    site.write("a/2.jpg", &half[..half.len() / 2]);
    site.write("a/3.jpg", &quadrants(444, 333).encode("jpg"));
    let run = site.run(&["build", "--format", "short"]).exit(1);
    let errors: Vec<&str> = run.stderr.lines().filter(|line| line.contains("error[")).collect();
    assert_eq!(errors.len(), 1, "{}", run.stderr);
    assert!(errors[0].starts_with("a/2.jpg"), "{}", run.stderr);
    site.output().assert_equal(&before, "published site");

    // The other photo was rendered, and is in the store.
    site.write("a/2.jpg", &half);
    let (made, _) = site.build().made_and_reused();
    assert_eq!(made, 0);
}

#[test]
fn a_photo_that_cannot_be_decoded_is_an_error_that_allow_does_not_hide() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(640, 480)), ("2.png", quadrants(30, 40))]);
    // The header is intact, so that only decoding finds the damage.
    let mut png = quadrants(640, 480).encode("png");
    let middle = png.len() / 2;
    png[middle] ^= 0xff;
    site.write("a/1.png", &png);
    for arguments in [&["build", "--format", "short"][..], &["build", "--format", "short", "--allow", "photo/damaged"]]
    {
        let run = site.run(arguments).exit(1);
        assert!(run.stderr.contains("a/1.png: error[photo/damaged]: cannot render the photo: "), "{}", run.stderr);
    }
}

#[test]
fn what_is_no_picture_is_an_error_naming_it() {
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30)), ("2.png", quadrants(30, 40))]);
    site.write("a/1.png", b"");
    site.write("a/2.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>");
    let run = site.run(&["check", "--format", "short"]).exit(1);
    assert_eq!(run.stderr.lines().count(), 2, "{}", run.stderr);
    assert!(run.stderr.contains("a/1.png: error[") && run.stderr.contains("a/2.png: error["), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn symlinks_neither_loop_nor_lead_outside() {
    use std::os::unix::fs::symlink;
    let site = SiteBuilder::gallery_of(&[("1.png", quadrants(40, 30))])
        .file("outside/secret.png", &quadrants(9, 9).encode("png"));
    symlink(site.root(), site.root().join("a/loop")).expect("a link");
    symlink(site.root().join("a"), site.root().join("z")).expect("a link");
    symlink("../../outside/secret.png", site.root().join("a/secret.png")).expect("a link");
    let site = site.settings(
        "a/settings.yaml",
        "title: A\ncover: 1.png\nsections:\n- type: bordered-picture\n  image: secret.png\n",
    );
    let run = site.run(&["build"]).exit(1);
    assert!(run.stderr.contains("secret.png"), "{}", run.stderr);
    assert!(!site.root().join("build").exists());
}

#[cfg(unix)]
#[test]
fn a_name_with_a_newline_cannot_write_lines_of_its_own() {
    let site = SiteBuilder::new()
        .photo("a\nerror: x/1.png", quadrants(40, 30))
        .settings("a\nerror: x/settings.yaml", "titel: A\n");
    let run = site.run(&["check", "--format", "short"]).exit(1);
    assert!(run.stderr.lines().all(|line| line.starts_with("a\\n")), "{}", run.stderr);
}

#[test]
fn an_empty_gallery_and_an_empty_settings_file() {
    let site = SiteBuilder::new().settings("a/settings.yaml", "");
    site.run(&["build"]).exit(1);
    let site = SiteBuilder::new().settings("a/settings.yaml", "title: Nothing here\npublic: false\n");
    site.build();
    assert!(site.page("a/index.html").contains("Nothing here"));
}
