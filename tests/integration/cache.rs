//! Renditions that are made again, and those that are reused.

use std::fs;
use std::time::{Duration, SystemTime};

use crate::support::picture::seeded;
use crate::support::{SiteBuilder, quadrants};

fn three_photos() -> SiteBuilder {
    SiteBuilder::gallery_of(&[
        ("1.jpg", quadrants(700, 500)),
        ("2.jpg", seeded(700, 500, 2)),
        ("3.jpg", seeded(500, 700, 3)),
    ])
}

/// The ledger trusts the times of files only if they are older than two seconds.
fn age(site: &SiteBuilder) {
    for name in ["1.jpg", "2.jpg", "3.jpg"] {
        let file = fs::File::options().write(true).open(site.root().join("a").join(name)).expect("a photo");
        file.set_modified(SystemTime::now() - Duration::from_secs(3600)).expect("a time");
    }
}

#[test]
fn a_second_build_makes_and_writes_nothing() {
    let site = three_photos();
    let (made, reused) = site.build().made_and_reused();
    assert!(made > 6, "{made}");
    assert_eq!(reused, 0);
    let before = site.output();
    let run = site.build();
    assert_eq!(run.made_and_reused(), (0, made));
    assert!(run.stdout.contains(": 0 written, 0 removed"), "{}", run.stdout);
    site.output().assert_equal(&before, "second build");
}

#[test]
fn touching_a_photo_makes_nothing() {
    let site = three_photos();
    let (made, _) = site.build().made_and_reused();
    age(&site);
    assert_eq!(site.build().made_and_reused(), (0, made));
}

#[test]
fn a_photo_replaced_by_one_of_equal_size_and_time_is_made_again_alone() {
    let site = three_photos();
    age(&site);
    let (made, _) = site.build().made_and_reused();
    let path = site.root().join("a/2.jpg");
    let old = fs::metadata(&path).expect("a photo");
    let mut bytes = fs::read(&path).expect("a photo");
    // Another picture of the same length: two thirds into the file is coded data.
    let at = bytes.len() * 2 / 3;
    bytes[at] = if bytes[at] == 0x55 { 0x56 } else { 0x55 };
    fs::write(&path, &bytes).expect("written");
    fs::File::options()
        .write(true)
        .open(&path)
        .expect("a photo")
        .set_modified(old.modified().expect("a time"))
        .expect("set");
    let new = fs::metadata(&path).expect("a photo");
    assert_eq!((new.len(), new.modified().ok()), (old.len(), old.modified().ok()));

    let (again, reused) = site.build().made_and_reused();
    assert!(again > 0 && again * 3 <= made, "{again} of {made} made again");
    assert_eq!(again + reused, made);
}

#[test]
fn a_photo_that_left_the_settings_leaves_the_output() {
    let site = three_photos();
    site.build();
    assert!(site.output().paths().iter().any(|path| path.starts_with("a/3-")));
    let site = site.settings(
        "a/settings.yaml",
        "title: A\ndate: 2024-05-01\ncover: 1.jpg\nsections:\n- type: pictures-group\n  images:\n  -\n    - 1.jpg\n    - 2.jpg\n",
    );
    let (made, _) = site.build().made_and_reused();
    assert_eq!(made, 0);
    let paths = site.output();
    assert!(!paths.paths().iter().any(|path| path.starts_with("a/3-")), "{:?}", paths.paths());
    assert!(paths.paths().iter().any(|path| path.starts_with("a/2-")));
}

#[test]
fn a_changed_quality_makes_pictures_again_and_explains_it() {
    let site = three_photos();
    let (made, _) = site.build().made_and_reused();
    let site = site.file("site/settings.yaml", b"title: Test site\nsettings:\n  gm:\n    quality: 60\n");
    let run = site.run(&["build", "--explain"]).success();
    let (again, reused) = run.made_and_reused();
    // Placeholders do not depend on the quality.
    assert_eq!((again, reused), (made - 3, 3));
    let misses: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("miss")).collect();
    assert_eq!(misses.len(), again, "{}", run.stdout);
    assert!(misses.iter().all(|line| line.contains("quality")), "{misses:#?}");
    let run = site.run(&["build", "--explain"]).success();
    assert!(run.stdout.lines().filter(|line| line.starts_with("hit")).count() >= again, "{}", run.stdout);
    assert!(!run.stdout.lines().any(|line| line.starts_with("miss")), "{}", run.stdout);
}

#[test]
fn deleting_the_cache_costs_time_and_nothing_else() {
    let site = three_photos();
    site.build();
    let before = site.output();
    site.delete(".cimaise-cache");
    site.build();
    site.output().assert_equal(&before, "without a cache");
}

#[test]
fn a_broken_cache_is_rebuilt() {
    let site = three_photos();
    let (made, _) = site.build().made_and_reused();
    let before = site.output();
    let mut broken = 0;
    for (path, bytes) in crate::support::Tree::read(&site.root().join(".cimaise-cache")).0 {
        if path != "CACHEDIR.TAG" {
            // A new file, because a hard link would also change the output.
            let path = site.root().join(".cimaise-cache").join(path);
            fs::remove_file(&path).expect("deleted");
            fs::write(&path, &bytes[..bytes.len() / 2]).expect("written");
            broken += 1;
        }
    }
    assert!(broken > made);
    site.build();
    site.output().assert_equal(&before, "after a broken cache");
}

#[test]
fn a_photo_used_twice_is_rendered_once() {
    let site = three_photos();
    let (made, _) = site.build().made_and_reused();
    let site = site.settings(
        "b/settings.yaml",
        "title: B\ncover: ../a/1.jpg\nsections:\n- type: bordered-picture\n  image: ../a/1.jpg\n- type: full-picture\n  image: ../a/2.jpg\n",
    );
    let (again, reused) = site.build().made_and_reused();
    assert_eq!((again, reused), (0, made));
}
